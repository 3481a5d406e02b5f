// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/** What a job does. One record for each kind of job. */
public sealed interface Work permits ShellWork {

  /** The kind's name on every wire and on the command line. */
  String kind();
}
