// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/**
 * How much one attempt may still write to its job's log. An attempt that goes on over a
 * controller's restart begins with a whole one.
 */
final class LogBudget {
  private final long limit;
  private long used;
  private boolean cut;

  LogBudget(long limit) {
    this.limit = limit;
  }

  boolean fits(long bytes) {
    return used + bytes <= limit;
  }

  void use(long bytes) {
    used += bytes;
  }

  /** Gives back what did not get to the disk. */
  void giveBack(long bytes) {
    used -= bytes;
  }

  boolean isCut() {
    return cut;
  }

  void cut(boolean now) {
    cut = now;
  }

  String remark() {
    return "the log is cut here: an attempt may write " + limit + " bytes\n";
  }
}
