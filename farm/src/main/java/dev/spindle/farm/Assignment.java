// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;

/**
 * A job put into a worker's queue.
 *
 * @param id job and attempt
 * @param spec what to do
 * @param lease how long the controller waits, without a sign of life, before it gives the job to
 *     another worker
 */
public record Assignment(AttemptId id, JobSpec spec, Duration lease) {}
