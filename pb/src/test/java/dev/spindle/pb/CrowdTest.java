// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.awaitConnections;
import static dev.spindle.pb.Servers.connect;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many that come and do nothing, beside one that works. */
@Timeout(60)
class CrowdTest {
  private static final int CROWD = 1000;

  private final Desk desk = new Desk();
  private final Portal portal =
      Portal.of(
          login -> CompletableFuture.completedFuture(Avatar.of(desk)),
          PasswordChecker.of(Map.of("alice", "sesame")));

  /** Sockets that nobody reads. */
  private record Crowd(List<SocketChannel> sockets) implements AutoCloseable {
    static Crowd at(PbServer server) throws IOException {
      List<SocketChannel> sockets = new ArrayList<>();
      InetSocketAddress address = server.address();
      for (int i = 0; i < CROWD; i++) {
        sockets.add(SocketChannel.open(address));
      }
      return new Crowd(sockets);
    }

    /** One byte from each that is still connected. */
    void say(byte what) {
      for (SocketChannel socket : sockets) {
        try {
          socket.write(ByteBuffer.wrap(new byte[] {what}));
        } catch (IOException e) {
          continue; // It was dropped, which is what the test waits for.
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel socket : sockets) {
        socket.close();
      }
    }
  }

  private static RemoteReference alice(PbClient client) throws Exception {
    return client.login(Credentials.password("alice", "sesame"), null).get(20, TimeUnit.SECONDS);
  }

  private static void assertAnswers(RemoteReference me) throws Exception {
    for (long i = 0; i < 50; i++) {
      assertThat(me.call("echo", i).get(5, TimeUnit.SECONDS)).isEqualTo(i);
    }
  }

  @Test
  void aThousandThatSayNothingHoldNothingUpAndAreDropped() throws Exception {
    try (PbServer server = server().portal(portal).handshakeTimeout(Duration.ofSeconds(2)).start();
        PbClient client = connect(server)) {
      RemoteReference me = alice(client);
      try (Crowd crowd = Crowd.at(server)) {
        assertAnswers(me);
        await().until(() -> server.connectionCount() == crowd.sockets().size() + 1);
        try (PbClient another = connect(server)) {
          assertAnswers(alice(another));
        }
        awaitConnections(server, 1);
        assertAnswers(me);
      }
    }
  }

  @Test
  void aThousandThatSayAByteNowAndThenAreDroppedAsSoon() throws Exception {
    try (PbServer server = server().portal(portal).loginTimeout(Duration.ofSeconds(2)).start();
        PbClient client = connect(server)) {
      RemoteReference me = alice(client);
      try (Crowd crowd = Crowd.at(server)) {
        await()
            .pollInterval(Duration.ofMillis(100))
            .atMost(20, TimeUnit.SECONDS)
            .until(
                () -> {
                  crowd.say((byte) 0);
                  assertAnswers(me);
                  return server.connectionCount() == 1;
                });
      }
    }
  }

  @Test
  void oneMoreThanAllowedIsClosedAtOnceAndCounted() throws Exception {
    try (PbServer server = server().root(desk).maxConnections(2).start();
        LogRecorder log = LogRecorder.of(Reception.class);
        SocketPeer first = SocketPeer.client(server);
        SocketPeer second = SocketPeer.client(server)) {
      for (int i = 0; i < 5; i++) {
        try (SocketPeer third = SocketPeer.to(server)) {
          assertThat(third.hear()).isEqualTo("end");
        }
      }
      assertThat(server.refusedCount()).isEqualTo(5);
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("turned away: there are 2 connections already");
      first.close();
      awaitConnections(server, 1);
      try (SocketPeer third = SocketPeer.client(server)) {
        third.say("[message 1 root echo 1 [tuple 5] [dictionary]]");
        assertThat(third.hear()).isEqualTo("[answer 1 5]");
        second.say("[message 1 root echo 1 [tuple 6] [dictionary]]");
        assertThat(second.hear()).isEqualTo("[answer 1 6]");
      }
    }
  }

  @Test
  void placesBeforeLoginAreGivenBackByALogin() throws Exception {
    try (PbServer server = server().portal(portal).maxConnectionsBeforeLogin(1).start();
        PbClient client = connect(server)) {
      awaitConnections(server, 1);
      try (SocketPeer other = SocketPeer.to(server)) {
        assertThat(other.hear()).isEqualTo("end");
      }
      assertAnswers(alice(client));
      try (PbClient another = connect(server)) {
        assertAnswers(alice(another));
      }
    }
  }
}
