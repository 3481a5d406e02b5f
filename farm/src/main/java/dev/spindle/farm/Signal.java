// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/**
 * Runs one piece of work soon after it was asked for, however often it was: once for all that
 * happens in one turn of the loop. On the loop only.
 */
final class Signal {
  private final Desk desk;
  private final Runnable work;
  private boolean raised;

  Signal(Desk desk, Runnable work) {
    this.desk = desk;
    this.work = work;
  }

  void raise() {
    if (!raised) {
      raised = true;
      desk.post(this::run);
    }
  }

  private void run() {
    raised = false;
    work.run();
  }
}
