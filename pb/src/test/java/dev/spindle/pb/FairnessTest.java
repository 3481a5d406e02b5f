// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections that share a thread take turns: counted, not timed. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class FairnessTest {
  private static final int FLOOD = 20_000;

  /** Counts the flood's calls, and how far they were whenever the quiet one calls. */
  private static final class Counter implements Referenceable {
    final CountDownLatch held = new CountDownLatch(1);
    final CompletableFuture<Void> holding = new CompletableFuture<>();
    final List<Integer> seen = new CopyOnWriteArrayList<>();
    int floods;

    /** Holds the thread until everything has arrived that is to compete for it. */
    @Exposed
    void hold() throws InterruptedException {
      holding.complete(null);
      assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Exposed
    void flood() {
      floods++;
    }

    @Exposed
    int look() {
      seen.add(floods);
      return floods;
    }
  }

  private final Counter counter = new Counter();

  private static String[] calls(int count, String method) {
    String[] calls = new String[count];
    for (int i = 0; i < count; i++) {
      calls[i] = "[message " + (i + 2) + " root " + method + " 0 [tuple] [dictionary]]";
    }
    return calls;
  }

  /**
   * The flood lies in the kernel before the quiet one's call does; it is still not served first.
   */
  @Test
  void aFloodIsServedInTurnsWithTheOthers() throws Exception {
    try (PbServer server = Servers.server().threads(1).root(counter).start();
        SocketPeer holder = SocketPeer.client(server);
        SocketPeer flood = SocketPeer.client(server);
        SocketPeer quiet = SocketPeer.client(server)) {
      growBuffers(flood);
      holder.say("[message 1 root hold 1 [tuple] [dictionary]]");
      counter.holding.get(20, TimeUnit.SECONDS);
      Thread flooding = writing(flood, calls(FLOOD, "flood"));
      quiet.say("[message 1 root look 1 [tuple] [dictionary]]");
      counter.held.countDown();
      assertThat(holder.hear()).isEqualTo("[answer 1 [None]]");
      quiet.hear();
      flooding.join();
      flood.say("[message 1 root look 1 [tuple] [dictionary]]");
      assertThat(flood.hear()).as("in the end").isEqualTo("[answer 1 " + 2 * FLOOD + "]");
      assertThat(counter.seen.get(1) - FLOOD).isLessThanOrEqualTo(2 * NettyLink.MESSAGES_PER_TURN);
    }
  }

  @Test
  void twoThatFloodTakeTurns() throws Exception {
    try (PbServer server = Servers.server().threads(1).root(counter).start();
        SocketPeer holder = SocketPeer.client(server);
        SocketPeer flood = SocketPeer.client(server);
        SocketPeer second = SocketPeer.client(server)) {
      growBuffers(flood);
      holder.say("[message 1 root hold 1 [tuple] [dictionary]]");
      counter.holding.get(20, TimeUnit.SECONDS);
      Thread flooding = writing(flood, calls(FLOOD, "flood"));
      // More than two turns of its own, all there before the thread is free.
      second.say(calls(3 * NettyLink.MESSAGES_PER_TURN, "look"));
      counter.held.countDown();
      flooding.join();
      second.say("[message 1 root look 1 [tuple] [dictionary]]");
      second.hear();
      List<Integer> seen = counter.seen.subList(1, counter.seen.size());
      for (int turn = 1; turn < 3; turn++) {
        int first = seen.get(turn * NettyLink.MESSAGES_PER_TURN);
        int before = seen.get((turn - 1) * NettyLink.MESSAGES_PER_TURN);
        assertThat(first - before).isBetween(1, 2 * NettyLink.MESSAGES_PER_TURN);
      }
    }
  }

  /** Who has sent much is read in larger pieces. */
  private static void growBuffers(SocketPeer flood) throws IOException {
    flood.say(calls(FLOOD, "flood"));
    flood.say("[message 1 root look 1 [tuple] [dictionary]]");
    assertThat(flood.hear()).isEqualTo("[answer 1 " + FLOOD + "]");
  }

  private static Thread writing(SocketPeer peer, String[] calls) throws IOException {
    byte[] first = SocketPeer.bytes(java.util.Arrays.copyOf(calls, 1000));
    peer.sayBytes(first); // Fits into the kernel's buffers; the rest may not.
    byte[] rest = SocketPeer.bytes(java.util.Arrays.copyOfRange(calls, 1000, calls.length));
    Thread thread =
        new Thread(
            () -> {
              try {
                peer.sayBytes(rest);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    return thread;
  }
}
