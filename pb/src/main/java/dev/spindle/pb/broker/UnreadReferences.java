// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.JellyReader;

/**
 * Finds every reference and every cache in a value that nobody will read, so that each can be paid
 * back all the same: the other side has counted it.
 */
final class UnreadReferences {
  private static final ByteString DICTIONARY = ByteString.utf8("dictionary");

  private UnreadReferences() {}

  /** Takes what is found. */
  interface Found {
    /** {@code [remote id]} */
    void reference(Object id);

    /** {@code [cached n]} */
    void cached(Object number);

    /** {@code [tag n state]}; whether what is in the state is dealt with too. */
    boolean cache(BananaList expression);
  }

  static void forEach(Object value, Found found) {
    if (!(value instanceof BananaList list) || list.size() == 0) {
      return;
    }
    Object head = list.get(0);
    if (Messages.REMOTE.equals(head) && list.size() > 1) {
      found.reference(list.get(1));
    } else if (Messages.CACHED.equals(head) && list.size() > 1) {
      found.cached(list.get(1));
    } else if (DICTIONARY.equals(head)) {
      for (int i = 1; i < list.size(); i++) {
        inPair(list.get(i), found);
      }
    } else if (!isCache(list) || !found.cache(list)) {
      for (int i = 1; i < list.size(); i++) {
        forEach(list.get(i), found);
      }
    }
  }

  /** No other value has this form. */
  private static boolean isCache(BananaList list) {
    return list.size() == 3
        && list.get(1) instanceof Long
        && list.get(0) instanceof ByteString tag
        && !JellyReader.isReserved(tag)
        && !Messages.isReference(tag);
  }

  /** A pair has no atom of its own: {@code ["remote" 1]} in a dictionary is data. */
  private static void inPair(Object pair, Found found) {
    if (pair instanceof BananaList list) {
      for (int i = 0; i < list.size(); i++) {
        forEach(list.get(i), found);
      }
    }
  }
}
