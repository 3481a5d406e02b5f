// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The farm as its users see it: the command line, the web page, another program.
 *
 * <p>Thread: any; no call blocks. Stages fail with {@link FarmException}.
 */
public interface Farm {

  /**
   * Takes a job.
   *
   * @return the job with its id, once it is on disk; fails with {@code MISSING_FILE} when an
   *     input's content is not in the depot
   */
  CompletionStage<Job> submit(JobSpec spec);

  /** Fails with {@code NO_SUCH_JOB} when there is none. */
  CompletionStage<Job> job(JobId id);

  CompletionStage<List<Job>> jobs(JobQuery query);

  /** A page of a job's log behind {@code afterSequence}, oldest first. */
  CompletionStage<List<LogChunk>> log(JobId id, long afterSequence, int limit);

  /**
   * Ends a job wherever it is.
   *
   * @return the job in its final state, once that is on disk; a job that had ended is answered as
   *     it is. Its processes may take a moment longer to die; their slot is not free before.
   */
  CompletionStage<Job> cancel(JobId id, String why);

  /** Every registered worker, by name. */
  CompletionStage<List<WorkerView>> workers();

  /** Forces a status update from one worker. */
  CompletionStage<WorkerStatus> status(WorkerName worker);

  /** Lets a worker in, or changes its secret; answers once that is on disk. */
  CompletionStage<Void> register(RegisteredWorker worker);

  /** Grants a user one upload of an input. */
  CompletionStage<Grant> upload(GrantHolder user, FileName name, long size, Sha256 sha256);

  /** Answers with the upload once it is whole, verified and durable. */
  CompletionStage<Optional<StoredFile>> uploaded(GrantHolder user, FileName name);

  /** Grants a user one download of a finished job's output. */
  CompletionStage<Grant> download(GrantHolder user, JobId job, FileName output);

  /** Ends a user's grants. */
  void release(GrantHolder user);

  /**
   * Tells of every event from now on, in order, on the farm's thread: the watcher must not block.
   *
   * @return ends the watching
   */
  AutoCloseable watch(Consumer<FarmEvent> watcher);
}
