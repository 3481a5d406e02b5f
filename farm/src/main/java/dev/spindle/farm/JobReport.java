// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;

/**
 * What a wire calls as its worker tells of one assignment. The controller implements it.
 *
 * <p>Thread: any. No call blocks. Every call counts as a sign of life of the worker.
 *
 * <p>A stage that answers {@code false} says that the assignment is no longer valid: the worker
 * must stop that job and forget it. {@link #fetch} and {@link #offer} say the same by failing with
 * {@link FarmException.Code#STALE}. A stage that answers {@code true} for a start, an output that
 * was delivered, an end or a log does so only once it is on disk.
 */
public interface JobReport {

  /** Grants reading one input. */
  CompletionStage<Grant> fetch(FileName input);

  /**
   * Grants writing one output; a partial upload of the same content by this attempt is resumed. A
   * name may be offered again with other content: that which was delivered last counts.
   */
  CompletionStage<Grant> offer(FileName output, long size, Sha256 sha256);

  /**
   * Answers whether the whole output is in, and its hash is right. Once that was answered with
   * {@code true} the output is the attempt's, whatever becomes of the controller; an output that
   * was not must be offered again to a controller that has restarted, which knows of no other, and
   * fails with {@link FarmException.Code#MISSING_FILE}.
   */
  CompletionStage<Boolean> delivered(FileName output);

  /** The job starts now. */
  CompletionStage<Boolean> started();

  /**
   * The job got further.
   *
   * @param percent 0 to 100, or empty when unknown
   * @param text what it is doing
   */
  CompletionStage<Boolean> progress(OptionalDouble percent, String text);

  /** The job wrote something. */
  CompletionStage<Boolean> log(LogStream stream, String text);

  /** The command ended by itself, with whatever status. */
  CompletionStage<Boolean> finished(JobResult result);

  /**
   * The job could not be carried out.
   *
   * @param why for the user
   * @param retry false when another attempt would fail the same way
   */
  CompletionStage<Boolean> failed(String why, boolean retry);

  /** The worker gives a job back that it has not started; it is queued elsewhere. */
  CompletionStage<Boolean> refuse(String why);
}
