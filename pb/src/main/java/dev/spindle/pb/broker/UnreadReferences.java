// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import java.util.function.Consumer;

/**
 * Finds every {@code [remote n]} in a value that nobody will read, so that each can be paid back
 * all the same: the other side has counted it.
 */
final class UnreadReferences {
  private static final ByteString DICTIONARY = ByteString.utf8("dictionary");

  private UnreadReferences() {}

  static void forEach(Object value, Consumer<Object> found) {
    if (!(value instanceof BananaList list) || list.size() == 0) {
      return;
    }
    Object head = list.get(0);
    if (Messages.REMOTE.equals(head) && list.size() > 1) {
      found.accept(list.get(1));
    } else if (DICTIONARY.equals(head)) {
      for (int i = 1; i < list.size(); i++) {
        inPair(list.get(i), found);
      }
    } else {
      for (int i = 1; i < list.size(); i++) {
        forEach(list.get(i), found);
      }
    }
  }

  /** A pair has no atom of its own: {@code ["remote" 1]} in a dictionary is data. */
  private static void inPair(Object pair, Consumer<Object> found) {
    if (pair instanceof BananaList list) {
      for (int i = 0; i < list.size(); i++) {
        forEach(list.get(i), found);
      }
    }
  }
}
