// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/** Runs what belongs to the user so that its failure is the user's and harms nothing else. */
final class UserCode {
  private UserCode() {}

  /** What the task throws is reported to the thread's handler. */
  static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
