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
      report(e);
    }
  }

  /**
   * Reports an error of the JVM itself, which says more than that a call failed: the process may
   * want to end. A stack that is full is none of these, since it is empty again.
   */
  static void reportIfGrave(Throwable error) {
    if (error instanceof VirtualMachineError && !(error instanceof StackOverflowError)) {
      report(error);
    }
  }

  private static void report(Throwable error) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
  }
}
