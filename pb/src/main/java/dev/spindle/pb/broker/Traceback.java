// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A stack trace as Python writes one, so that it reads like any other where it arrives:
 *
 * <pre>
 * Traceback (most recent call last):
 *   File "Shop.java", line 17, in shop.Shop.order
 * java.lang.IllegalStateException: no more tea
 * </pre>
 */
final class Traceback {
  /** What is sent in the place of one. */
  static final String NONE = "Traceback unavailable\n";

  /** Longest text sent, in characters. */
  static final int MAX_TEXT = 16 * 1024;

  /** Most frames of one exception: a stack that is full has a thousand. */
  private static final int MAX_FRAMES = 40;

  private static final int MAX_CAUSES = 8;

  private Traceback() {}

  /** The exception's causes come before it, the first of all at the top. */
  static String of(Throwable error) {
    Deque<Throwable> chain = new ArrayDeque<>();
    for (Throwable each = error;
        each != null && chain.size() < MAX_CAUSES && !chain.contains(each);
        each = each.getCause()) {
      chain.addFirst(each);
    }
    StringBuilder text = new StringBuilder();
    for (Throwable each : chain) {
      if (text.length() > 0) {
        text.append("\nThe above exception was the direct cause of the following exception:\n\n");
      }
      append(each, text);
    }
    return text.length() <= MAX_TEXT ? text.toString() : text.substring(0, MAX_TEXT) + "…\n";
  }

  private static void append(Throwable error, StringBuilder text) {
    text.append("Traceback (most recent call last):\n");
    StackTraceElement[] stack = error.getStackTrace();
    int outermost = usersFrames(stack);
    if (outermost > MAX_FRAMES) {
      text.append("  … ").append(outermost - MAX_FRAMES).append(" frames more\n");
    }
    for (int i = Math.min(outermost, MAX_FRAMES) - 1; i >= 0; i--) {
      append(stack[i], text);
    }
    text.append(error.getClass().getName());
    String words = Failures.text(error);
    text.append(words.isEmpty() ? "" : ": " + words).append('\n');
  }

  /** How many frames there are before ours, which called the exposed method. */
  private static int usersFrames(StackTraceElement[] stack) {
    for (int i = 0; i < stack.length; i++) {
      if (stack[i].getClassName().equals(ExposedMethod.class.getName())) {
        return i;
      }
    }
    return stack.length;
  }

  private static void append(StackTraceElement frame, StringBuilder text) {
    text.append("  File \"").append(frame.getFileName()).append('"');
    if (frame.getLineNumber() >= 0) {
      text.append(", line ").append(frame.getLineNumber());
    }
    text.append(", in ").append(frame.getClassName()).append('.').append(frame.getMethodName());
    text.append('\n');
  }
}
