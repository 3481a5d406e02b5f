// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Set;

/**
 * A worker that takes jobs, as the scheduler sees it.
 *
 * @param name its name
 * @param tags what it offers
 * @param kinds kinds of job it can run
 * @param holds content that it already has
 * @param slots how many jobs at once, at least 1
 * @param busy slots that are taken by jobs that cannot be moved
 * @param queues whether it keeps jobs beyond its free slots
 * @param strikes how often it failed of late
 */
record Seat(
    WorkerName name,
    Set<String> tags,
    Set<String> kinds,
    Set<Sha256> holds,
    int slots,
    int busy,
    boolean queues,
    int strikes) {

  /**
   * Most waiting jobs for each slot of a worker that queues. Enough that the next input can be
   * fetched while a job runs; few enough that a newcomer or an urgent job finds most jobs still
   * free to go anywhere.
   */
  static final int WAITING_PER_SLOT = 2;

  /** Jobs that it can start now. */
  int free() {
    return Math.max(0, slots - busy);
  }

  /** Most jobs that may wait here, those that can start now among them. */
  int capacity() {
    return queues ? WAITING_PER_SLOT * slots : free();
  }
}
