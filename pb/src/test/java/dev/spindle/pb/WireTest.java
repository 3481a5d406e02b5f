// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Desk.PAGE_BYTES;
import static dev.spindle.pb.Servers.awaitConnections;
import static dev.spindle.pb.Servers.connect;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Peers that misbehave, on real sockets. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class WireTest {
  private final Desk desk = new Desk();

  // ---- peers that say the wrong thing, or nothing ----

  @Test
  void garbageEndsItsOwnConnectionAndNoOther() throws Exception {
    try (PbServer server = server().root(desk).start();
        SocketPeer good = SocketPeer.client(server)) {
      Random random = new Random(8787);
      for (int i = 0; i < 5; i++) {
        try (SocketPeer bad = SocketPeer.to(server)) {
          byte[] garbage = new byte[1000];
          random.nextBytes(garbage);
          // Not a beginning that waits for more.
          Arrays.fill(garbage, 0, 3, (byte) 0xff);
          bad.sayBytes(garbage);
          bad.hear();
          assertThat(bad.hear()).isEqualTo("end");
        }
      }
      good.say("[message 1 root echo 1 [tuple 5] [dictionary]]");
      assertThat(good.hear()).isEqualTo("[answer 1 5]");
      awaitConnections(server, 1);
    }
  }

  @Test
  void garbageBehindAHandshakeEndsTheConnectionWithoutAnAnswer() throws Exception {
    try (PbServer server = server().root(desk).start();
        SocketPeer peer = SocketPeer.client(server)) {
      peer.say("[message 1 root echo 1 [tuple 5] [dictionary]]", "[decref 7]");
      assertThat(peer.hear()).isEqualTo("end");
    }
  }

  @Test
  void whoSaysNothingIsDroppedAfterTheHandshakeTimeout() throws Exception {
    try (PbServer server = server().root(desk).handshakeTimeout(Duration.ofMillis(200)).start();
        SocketPeer good = SocketPeer.client(server);
        SocketPeer mute = SocketPeer.to(server);
        SocketPeer slow = SocketPeer.to(server)) {
      assertThat(mute.hear()).isEqualTo("[pb none]");
      slow.hear();
      slow.sayBytes(new byte[] {2, (byte) 0x82, 'p'});
      assertThat(mute.hear()).isEqualTo("end");
      assertThat(slow.hear()).isEqualTo("end");
      good.say("[message 1 root echo 1 [tuple 5] [dictionary]]");
      assertThat(good.hear()).isEqualTo("[answer 1 5]");
    }
  }

  @Test
  void whoDoesNotLogInIsDroppedAfterTheLoginTimeoutAndNobodyElse() throws Exception {
    Portal portal =
        Portal.of(
            login -> CompletableFuture.completedFuture(Avatar.of(desk)),
            PasswordChecker.of(Map.of("alice", "sesame")));
    try (PbServer server = server().portal(portal).loginTimeout(Duration.ofMillis(500)).start();
        PbClient alice = connect(server);
        SocketPeer idle = SocketPeer.client(server)) {
      RemoteReference me = alice.login(Credentials.password("alice", "sesame"), null).join();
      assertThat(idle.hear()).isEqualTo("end");
      awaitConnections(server, 1);
      assertThat(me.call("echo", 5).join()).isEqualTo(5L);
    }
  }

  @Test
  void aClientWhoseServerSaysNothingGivesUp() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        PbClient client =
            PbClient.to("tcp:port=" + mute.getLocalPort())
                .linkLimits(LinkLimits.DEFAULT.withHandshake(Duration.ofMillis(200)))
                .connect()) {
      CompletableFuture<?> call = client.root().call("echo", 5);
      assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DeadReferenceException.class)
          .hasMessageContaining("no dialect agreed on within");
    }
  }

  @Test
  void aPeerThatGoesInTheMiddleOfAMessageLeavesNothingBehind() throws Exception {
    try (PbServer server = server().root(desk).start()) {
      for (int i = 0; i < 20; i++) {
        SocketPeer peer = SocketPeer.client(server);
        peer.say("[message 1 root never 1 [tuple] [dictionary]]");
        // The beginning of a string of 640 Ki, and a part of it.
        peer.sayBytes(new byte[] {1, (byte) 0x80, 0, 0, 0x28, (byte) 0x82, 1, 2, 3});
        peer.reset();
      }
      awaitConnections(server, 0);
    }
  }

  // ---- many ----

  @Test
  void twoHundredConnectionsAtOnce() throws Exception {
    int count = 200;
    List<SocketPeer> peers = new ArrayList<>();
    try (PbServer server = server().root(desk).start()) {
      for (int i = 0; i < count; i++) {
        peers.add(SocketPeer.to(server));
      }
      for (SocketPeer peer : peers) {
        peer.shakeHands();
      }
      assertThat(server.connectionCount()).isEqualTo(count);
      for (int i = 0; i < count; i++) {
        peers.get(i).say("[message 1 root echo 1 [tuple " + i + "] [dictionary]]");
      }
      for (int i = 0; i < count; i++) {
        assertThat(peers.get(i).hear()).isEqualTo("[answer 1 " + i + "]");
      }
    } finally {
      for (SocketPeer peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  void clientsOnManyThreadsShareAServer() throws Exception {
    try (PbServer server = server().root(desk).start();
        PbClient client = connect(server)) {
      List<Thread> threads = new ArrayList<>();
      AtomicInteger right = new AtomicInteger();
      for (int t = 0; t < 4; t++) {
        int offset = 1000 * t;
        threads.add(
            new Thread(
                () -> {
                  for (long i = offset; i < offset + 250; i++) {
                    if (client.root().call("echo", i).join().equals(i)) {
                      right.incrementAndGet();
                    }
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(right.get()).isEqualTo(1000);
    }
  }

  // ---- slow readers ----

  /** A few kilobytes that ask for hundreds of megabytes, from somebody who reads none of them. */
  @Test
  void whoDoesNotReadIsNotAnsweredWithoutEnd() throws Exception {
    try (PbServer server = server().root(desk).start();
        SocketPeer other = SocketPeer.client(server);
        SocketPeer slow = SocketPeer.client(server)) {
      int calls = 600;
      String[] asks = new String[calls];
      for (int i = 0; i < calls; i++) {
        asks[i] = "[message " + (i + 1) + " root page 1 [tuple] [dictionary]]";
      }
      slow.say(asks);
      await().atMost(20, TimeUnit.SECONDS).until(() -> desk.pages.get() > 0);
      // Kernels keep some megabytes for a socket; what else is made would be ours to keep.
      awaitQuiet();
      assertThat(desk.pages.get()).isLessThan(40);
      other.say("[message 1 root countPages 1 [tuple] [dictionary]]");
      assertThat(other.hear()).startsWith("[answer 1 ");
      for (int i = 0; i < calls; i++) {
        assertThat(slow.hearExpression()).isNotNull();
      }
      assertThat(desk.pages.get()).isEqualTo(calls);
      slow.say("[message 601 root echo 1 [tuple 5] [dictionary]]");
      assertThat(slow.hear()).as("and reading goes on").isEqualTo("[answer 601 5]");
    }
  }

  /** Until no page has been made for a while. */
  private void awaitQuiet() {
    int[] last = {-1};
    await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(300, TimeUnit.MILLISECONDS)
        .until(() -> last[0] == (last[0] = desk.pages.get()));
  }

  @Test
  void aClientCanCloseAlthoughTheServerDoesNotRead() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        PbClient client =
            PbClient.to("tcp:port=" + listener.getLocalPort())
                .linkLimits(LinkLimits.DEFAULT.withClose(Duration.ofMillis(300)))
                .connect();
        SocketPeer server = new SocketPeer(listener.accept()).serve()) {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(client.root().call("page", ByteString.copyOf(new byte[PAGE_BYTES])));
      }
      CompletableFuture<ConnectionLostException> gone = new CompletableFuture<>();
      client.onDisconnect(gone::complete);
      client.close();
      assertThat(gone)
          .succeedsWithin(Duration.ofSeconds(20))
          .asString()
          .endsWith("connection to /127.0.0.1:" + listener.getLocalPort() + " closed");
      assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(server.socket().isConnected()).isTrue();
    }
  }
}
