// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which answers a peer is owed: one for each call that wants one, and no other. */
final class Expected {
  private final Set<Object> owed = new HashSet<>();

  void said(BananaList message) {
    if (wantsAnswer(message)) {
      owed.add(message.get(1));
    }
  }

  void heard(List<Object> expressions) {
    for (Object expression : expressions) {
      boolean isAnswer = Recording.isCommand(expression, "answer");
      if (isAnswer || Recording.isCommand(expression, "error")) {
        Object call = ((BananaList) expression).get(1);
        if (!owed.remove(call)) {
          throw new AssertionError("an answer that nobody waits for: " + expression);
        }
      }
    }
  }

  /** What can be answered at once has been. An answer of theirs may have the number of a call. */
  void check(BananaList message) {
    if (wantsAnswer(message)
        && owed.contains(message.get(1))
        && !FuzzDesk.LATER.contains(method(message))) {
      throw new AssertionError("no answer to " + message);
    }
  }

  private static boolean wantsAnswer(BananaList message) {
    boolean isCall =
        Recording.isCommand(message, "message") || Recording.isCommand(message, "cachemessage");
    return isCall && message.get(4).equals(1L);
  }

  private static String method(BananaList message) {
    return Recording.isCommand(message, "message") && message.get(3) instanceof ByteString name
        ? name.utf8()
        : "";
  }
}
