// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.time.Duration;

/**
 * How TCP finds a peer that is gone without a word: after a time of silence it asks, and after some
 * unanswered questions the connection ends. In whole seconds. A JVM or system without these
 * settings uses its own, which are often two hours.
 *
 * @param idle silence before the first question
 * @param interval time between questions
 * @param probes questions that go unanswered before the connection ends
 */
public record KeepAlive(Duration idle, Duration interval, int probes) {

  /** A peer that is gone is found within a minute. */
  public static final KeepAlive DEFAULT =
      new KeepAlive(Duration.ofSeconds(30), Duration.ofSeconds(10), 3);

  /** What Linux takes at most. */
  private static final long MAX_SECONDS = 32_767;

  private static final int MAX_PROBES = 127;

  public KeepAlive {
    requireSeconds("idle", idle);
    requireSeconds("interval", interval);
    if (probes < 1 || probes > MAX_PROBES) {
      throw new IllegalArgumentException(
          "keep-alive probes " + probes + ": expected 1 to " + MAX_PROBES);
    }
  }

  private static void requireSeconds(String what, Duration time) {
    if (time.toSeconds() < 1 || time.toSeconds() > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "keep-alive " + what + " " + time + ": expected 1 to " + MAX_SECONDS + " s");
    }
  }
}
