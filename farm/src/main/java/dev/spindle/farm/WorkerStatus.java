// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A worker's own account of what it is doing now.
 *
 * @param running the attempts it works on
 * @param load the machine's load average over a minute, negative when unknown
 * @param freeDiskBytes free space where it keeps working directories
 */
public record WorkerStatus(List<Running> running, double load, long freeDiskBytes) {
  public WorkerStatus {
    running = List.copyOf(running);
  }

  /**
   * One attempt under way.
   *
   * @param attempt which
   * @param percent 0 to 100, when the job tells
   * @param elapsed since its start
   */
  public record Running(AttemptId attempt, OptionalDouble percent, Duration elapsed) {}
}
