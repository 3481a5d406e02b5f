// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Instant;

/**
 * A piece of a job's log.
 *
 * @param attempt whose output it is
 * @param sequence its place in the job's log: from 1, rising by one over all attempts of the job
 * @param stream where it came from
 * @param at when the controller received it
 * @param text as the worker sent it; lines may be split over chunks
 */
public record LogChunk(
    AttemptId attempt, long sequence, LogStream stream, Instant at, String text) {}
