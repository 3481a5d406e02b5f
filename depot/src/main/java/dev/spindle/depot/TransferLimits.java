// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.time.Duration;

/**
 * How patient a transfer is.
 *
 * @param connect for a connection to come about
 * @param control for an answer
 * @param idle without a byte moving on the data connection
 * @param firstPause before the second try; doubled for each further one
 * @param longestPause between two tries
 */
record TransferLimits(
    Duration connect, Duration control, Duration idle, Duration firstPause, Duration longestPause) {

  static final Duration CONNECT = Duration.ofSeconds(20);

  /** Longer than the depot needs to make a large file durable on a slow disk. */
  static final Duration CONTROL = Duration.ofMinutes(3);

  static final Duration IDLE = Duration.ofSeconds(60);
  static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /** Tries in a row that bring the file no further; about a minute with the usual pauses. */
  static final int MAX_FRUITLESS = 7;

  /** What a cut-off try must have moved to count as bringing the file further. */
  static final long FRUITFUL_BYTES = 1 << 20;

  static final TransferLimits USUAL =
      new TransferLimits(CONNECT, CONTROL, IDLE, FIRST_PAUSE, LONGEST_PAUSE);
}
