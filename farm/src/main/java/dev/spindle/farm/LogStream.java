// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Locale;

/** Where a piece of a job's log came from. */
public enum LogStream {
  STDOUT,
  STDERR,
  /** Remarks of the worker and the controller about the job. */
  HEADER;

  /** The name on every wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a stream by its wire name.
   *
   * @throws IllegalArgumentException naming the text and the three that exist
   */
  public static LogStream of(String wireName) {
    for (LogStream stream : values()) {
      if (stream.wireName().equals(wireName)) {
        return stream;
      }
    }
    throw new IllegalArgumentException(
        "'" + Texts.shown(wireName) + "' is not a log stream: expected stdout, stderr or header");
  }
}
