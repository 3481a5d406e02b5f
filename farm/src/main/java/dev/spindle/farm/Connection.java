// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.concurrent.CompletionStage;

/**
 * One attached worker, whatever its wire.
 *
 * <p>Wraps a protocol's calls, so that the farm need not know them. All calls are asynchronous,
 * none blocks, and none throws or answers with a protocol's own exception: a call that cannot be
 * carried out fails its stage with a {@link FarmException}.
 *
 * <p>Thread: any. The wire does its own keepalive and reports the loss of a silent worker.
 */
public interface Connection {

  /** What the worker told when it registered. */
  WorkerInfo info();

  /** Writes a line to the worker's log. */
  CompletionStage<Void> print(String text);

  /**
   * Puts an assignment into the worker's queue, behind those already there. The stage completes
   * when the worker was told; what becomes of the job arrives at {@code report}.
   */
  CompletionStage<Void> start(Assignment assignment, JobReport report);

  /**
   * Takes an assignment back that has not started. The caller has already made it invalid, so a
   * worker that starts it all the same is answered {@code false}.
   */
  CompletionStage<Void> withdraw(AttemptId attempt);

  /**
   * Stops a running job.
   *
   * @return true when the job was running there and is being stopped; its end is still reported
   */
  CompletionStage<Boolean> interrupt(AttemptId attempt, String why);

  /** Forces a status update. */
  CompletionStage<WorkerStatus> status();

  /**
   * Asks the worker to end.
   *
   * @param graceful after its running jobs; otherwise now
   */
  CompletionStage<Void> shutdown(boolean graceful);

  /** Ends the connection and tells the worker why, if it still listens. Safe to call twice. */
  void close(String why);

  /**
   * Ends the connection as {@link #close} does, since another registration took the worker's name.
   * A wire that can tell the two apart keeps the old one from coming back and doing the same.
   */
  default void replaced(String why) {
    close(why);
  }

  /**
   * Names the one who hears of the connection. Called once, before anything else; if the connection
   * is already gone, {@link Watcher#disconnected} follows at once.
   */
  void watch(Watcher watcher);

  /** Hears of a connection. Called on the wire's threads; must not block. */
  interface Watcher {

    /** The worker gave a sign of life. */
    void alive();

    /**
     * The connection is gone. Called exactly once, last.
     *
     * @param goodbye the worker said that it leaves and that nothing of its jobs runs on
     * @param why for the log
     */
    void disconnected(boolean goodbye, String why);
  }
}
