// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;
import java.util.stream.Collectors;

/** The words in which an attempt's end is recorded. Each way to end begins differently. */
final class Outcomes {
  /** Longest reason kept of one attempt, in characters. */
  static final int MAX_REASON_LENGTH = 2000;

  /** Longest reason kept of a job, in characters: that of all its attempts together. */
  static final int MAX_REASONS_LENGTH = 20_000;

  private Outcomes() {}

  static String exit(JobResult result) {
    return "exit status " + result.exit();
  }

  /** The command was content, but what it should have left is not in the depot. */
  static String undelivered(JobResult result, String what) {
    return exit(result) + ", but " + cut(what, MAX_REASON_LENGTH);
  }

  static String failed(String why) {
    return "failed: " + cut(why, MAX_REASON_LENGTH);
  }

  static String lost(String why) {
    return "lost: " + cut(why, MAX_REASON_LENGTH);
  }

  static String cancelled(String why) {
    return "cancelled: " + cut(why, MAX_REASON_LENGTH);
  }

  /** Whether a worker that says {@code told} again was heard and recorded the first time. */
  static boolean same(String recorded, String told) {
    return recorded.equals(told)
        || (told.startsWith("exit status ") && recorded.startsWith(told + ", but "));
  }

  /** Why a job is given up: what became of each attempt. */
  static String spent(List<Attempt> attempts) {
    String each =
        attempts.stream()
            .map(a -> a.number() + " on " + a.worker() + ": " + a.outcome().orElse("unknown"))
            .collect(Collectors.joining("; "));
    String count = attempts.size() == 1 ? "1 attempt" : attempts.size() + " attempts";
    return cut("given up after " + count + ": " + each, MAX_REASONS_LENGTH);
  }

  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }
}
