// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * One connection of each pairing, for all the tries of properties, and peers of their own: jqwik
 * does not know of those that other tests share.
 */
final class Meetings implements AutoCloseable {
  private final TwistedPeers peers = new TwistedPeers();
  private final Map<Pairing, Meeting> meetings = new EnumMap<>(Pairing.class);

  Meeting of(Pairing pairing) {
    return meetings.computeIfAbsent(pairing, this::begun);
  }

  private Meeting begun(Pairing pairing) {
    try {
      return peers.meet(pairing);
    } catch (Exception e) {
      throw new AssertionError("cannot meet: " + pairing, e);
    }
  }

  @Override
  public void close() throws IOException {
    meetings.values().forEach(Meetings::end);
    peers.close();
  }

  private static void end(Meeting meeting) {
    try {
      meeting.close();
    } catch (Exception e) {
      throw new AssertionError("cannot end a meeting", e);
    }
  }
}
