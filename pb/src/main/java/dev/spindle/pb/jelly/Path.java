// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in a value the part is that cannot be sent, such as {@code argument 2: [3]['key']}: each
 * level adds its step as the error passes it on its way out, so that nothing is spent before there
 * is one.
 */
final class Path {
  /** Steps shown of each end of a long path. */
  private static final int MAX_SHOWN = 8;

  /** Longest text of a key that is shown, in characters. */
  private static final int MAX_KEY = 40;

  private final Deque<String> steps = new ArrayDeque<>();
  private String argument = "";

  /** Members of a set have no place that anybody could look at. */
  void outOfMember(Collection<?> members, int index) {
    steps.addFirst(members instanceof Set ? "[…]" : "[" + index + "]");
  }

  /** The same, where only the member itself is known. */
  void outOfMember(Collection<?> members, @Nullable Object member) {
    int index = 0;
    for (Object each : members) {
      if (each == member) {
        break;
      }
      index++;
    }
    outOfMember(members, index);
  }

  void outOfPair(Map<?, ?> map, @Nullable Object part) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getValue() == part || entry.getKey() == part) {
        outOfPair(entry.getKey());
        return;
      }
    }
  }

  /** Whether it is the key or its value says what is wrong with it. */
  void outOfPair(@Nullable Object key) {
    steps.addFirst("[" + shown(key) + "]");
  }

  void outOfCopy(ByteString tag) {
    steps.addFirst("<" + tag.utf8() + ">");
  }

  void outOfArgument(int index) {
    argument = "argument " + (index + 1) + ": ";
  }

  void outOfArgument(String name) {
    argument = "argument '" + cut(name) + "': ";
  }

  private static String shown(@Nullable Object key) {
    if (key instanceof String text) {
      return "'" + cut(text) + "'";
    }
    boolean isShort = key == null || key instanceof Number || key instanceof Boolean;
    return isShort ? cut(String.valueOf(key)) : "…";
  }

  private static String cut(String text) {
    return text.length() <= MAX_KEY ? text : text.substring(0, MAX_KEY) + "…";
  }

  /** The error with the path to its cause. */
  UnsendableException at(UnsendableException fault) {
    if (argument.isEmpty() && steps.isEmpty()) {
      return fault;
    }
    String where = argument + (steps.isEmpty() ? "" : joined() + ": ");
    return new UnsendableException(where + fault.getMessage(), fault.getCause());
  }

  private String joined() {
    StringBuilder text = new StringBuilder();
    int left = steps.size();
    for (Iterator<String> each = steps.iterator(); each.hasNext(); left--) {
      String step = each.next();
      boolean isShown = steps.size() - left < MAX_SHOWN || left <= MAX_SHOWN;
      text.append(isShown ? step : left == MAX_SHOWN + 1 ? "…" : "");
    }
    return text.toString();
  }
}
