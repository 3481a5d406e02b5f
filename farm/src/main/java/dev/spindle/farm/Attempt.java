// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Instant;
import java.util.Optional;

/**
 * The record of an attempt that a worker started.
 *
 * @param number the attempt's number; numbers may skip, since an assignment can be withdrawn
 * @param worker who ran it
 * @param startedAt when the controller recorded the start
 * @param endedAt when it ended or was given up
 * @param outcome how it ended, in words, once it has
 */
public record Attempt(
    int number,
    WorkerName worker,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<String> outcome) {

  public static Attempt started(int number, WorkerName worker, Instant at) {
    return new Attempt(number, worker, at, Optional.empty(), Optional.empty());
  }

  public Attempt ended(Instant at, String how) {
    return new Attempt(number, worker, startedAt, Optional.of(at), Optional.of(how));
  }
}
