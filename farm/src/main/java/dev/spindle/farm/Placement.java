// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Optional;

/**
 * One step of a plan: a waiting job leaves a queue, enters one, or both. The same worker twice
 * means that it goes to the queue's end, behind a more urgent job.
 *
 * @param job the job
 * @param from the worker to take it from, if it waits in a queue
 * @param to the worker to give it to; empty when it goes back to wait for any
 */
record Placement(JobId job, Optional<WorkerName> from, Optional<WorkerName> to) {}
