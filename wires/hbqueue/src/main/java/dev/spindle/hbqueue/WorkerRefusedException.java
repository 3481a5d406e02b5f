// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

/** The controller does not want this worker; trying again would not help. */
public final class WorkerRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  WorkerRefusedException(String message) {
    super(message);
  }
}
