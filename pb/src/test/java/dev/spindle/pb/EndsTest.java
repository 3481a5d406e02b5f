// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.awaitConnections;
import static dev.spindle.pb.Servers.connect;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.vectors.Notation;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers and clients: how they begin and end. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class EndsTest {
  private final Desk desk = new Desk();

  @Test
  void callsUnderWayFailWhenTheClientCloses() throws Exception {
    try (PbServer server = server().root(desk).start()) {
      PbClient client = connect(server);
      CompletableFuture<?> call = client.root().call("never");
      client.root().call("echo", 1).join();
      client.close();
      client.close();
      assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectionLostException.class);
      assertThatThrownBy(() -> client.root().call("echo", 1).get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DeadReferenceException.class);
      awaitConnections(server, 0);
    }
  }

  @Test
  void callsUnderWayFailWhenTheServerCloses() throws Exception {
    PbServer server = server().root(desk).start();
    try (PbClient client = connect(server)) {
      CompletableFuture<?> call = client.root().call("never");
      CompletableFuture<ConnectionLostException> gone = new CompletableFuture<>();
      client.onDisconnect(gone::complete);
      client.root().call("echo", 1).join();
      server.close();
      server.close();
      assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectionLostException.class);
      assertThat(gone).succeedsWithin(Duration.ofSeconds(20));
    }
    assertThatThrownBy(() -> connect(server))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot connect to 127.0.0.1:");
  }

  /** The kernel's socket outlives its channel by a moment. */
  @Test
  void nobodyIsTakenOnceAServerIsClosed() throws Exception {
    for (int i = 0; i < 30; i++) {
      PbServer server = server().root(desk).start();
      SocketPeer.client(server).close();
      server.close();
      assertThatThrownBy(() -> SocketPeer.to(server)).isInstanceOf(ConnectException.class);
    }
  }

  /** Closes the server that it belongs to. */
  private static final class Suicide implements Referenceable {
    final CompletableFuture<PbServer> server = new CompletableFuture<>();

    @Exposed
    void close() {
      server.join().close();
    }
  }

  @Test
  void aServerMayBeClosedByOneOfItsOwnMethods() throws Exception {
    Suicide root = new Suicide();
    PbServer server = server().threads(1).root(root).start();
    root.server.complete(server);
    try (SocketPeer peer = SocketPeer.client(server)) {
      peer.say("[message 1 root close 1 [tuple] [dictionary]]");
      String answer = peer.hear();
      assertThat(answer).isIn("end", "[answer 1 [None]]");
      if (!answer.equals("end")) {
        assertThat(peer.hear()).isEqualTo("end");
      }
    }
    awaitConnections(server, 0);
  }

  @Test
  void whatWasSaidBeforeCloseIsStillSent() throws Exception {
    try (PbServer server = server().root(desk).start();
        PbClient client = connect(server)) {
      // Most of it before a dialect is agreed on.
      for (int i = 0; i < 50; i++) {
        client.root().send("page");
      }
      client.close();
      await().atMost(20, TimeUnit.SECONDS).until(() -> desk.pages.get() == 50);
    }
  }

  /** Netty's event loop, while it ends, may take a task and neither run nor refuse it. */
  @Test
  void everyCallEndsThatIsMadeWhileItsClientCloses() throws Exception {
    try (PbServer server = server().root(desk).start()) {
      for (int round = 0; round < 50; round++) {
        PbClient client = connect(server);
        client.root().call("echo", 1).join();
        List<CompletableFuture<List<CompletableFuture<?>>>> callers =
            List.of(callUntilItFails(client), callUntilItFails(client));
        client.close();
        for (CompletableFuture<List<CompletableFuture<?>>> calls : callers) {
          CompletableFuture.allOf(calls.join().toArray(new CompletableFuture<?>[0]))
              .handle((done, error) -> done)
              .get(20, TimeUnit.SECONDS);
        }
      }
    }
  }

  /** Calls at a pace that the connection can keep, and a while longer than it lasts. */
  private static CompletableFuture<List<CompletableFuture<?>>> callUntilItFails(PbClient client) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<CompletableFuture<?>> calls = new ArrayList<>();
          for (int failed = 0; failed < 1000; ) {
            for (int i = 0; i < 200; i++) {
              Thread.onSpinWait();
            }
            CompletableFuture<?> call = client.root().call("echo", 1);
            calls.add(call);
            failed += call.isCompletedExceptionally() ? 1 : 0;
          }
          return calls;
        });
  }

  @Test
  void limitsAreSettingsOfBothEnds() throws Exception {
    BananaLimits small = new BananaLimits(2048, 64, 4096);
    try (PbServer server = server().root(desk).limits(small).maxReferences(2).start();
        PbClient client = connect(server)) {
      assertThat(client.root().call("echo", "x".repeat(2048)).join()).isNotNull();
      assertThatThrownBy(client.root().call("echo", "x".repeat(2049))::join)
          .hasCauseInstanceOf(RemoteException.class)
          .hasMessageContaining("string of 2049 announced: at most 2048 allowed");
      assertThat(client.root().call("echo", "and it goes on").join()).isEqualTo("and it goes on");
    }
    try (PbServer server = server().root(desk).start();
        PbClient client =
            PbClient.to("tcp:port=" + server.address().getPort())
                .limits(small)
                .maxReferences(1)
                .connectTimeout(Duration.ofSeconds(5))
                .connect()) {
      assertThatThrownBy(client.root().call("echo", "x".repeat(2049))::join)
          .hasMessageContaining("at most 2048 can be sent");
      CompletableFuture<?> two = client.root().call("echo", new Desk(), new Desk());
      assertThatThrownBy(client.root().call("echo", new Desk(), new Desk())::join)
          .hasCauseInstanceOf(UnsendableException.class)
          .hasMessageContaining("Maximum PB reference count exceeded");
      assertThatThrownBy(two::join).as("was sent").hasCauseInstanceOf(RemoteException.class);
    }
  }

  /** A timer would keep everything that its connection had until it is due. */
  @Test
  void timeLimitsEndWithTheConnection() {
    NettyLink link =
        new NettyLink(
            self -> new Broker(self, Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of()),
            LinkLimits.DEFAULT);
    EmbeddedChannel channel = new EmbeddedChannel(link);
    assertThat(channel.runScheduledPendingTasks()).as("the next is due").isPositive();
    link.broker().close();
    channel.runPendingTasks();
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.runScheduledPendingTasks()).as("none is left").isEqualTo(-1);
  }

  /** A socket is closed a moment before anybody is told. */
  @Test
  void aCallBetweenTheEndAndItsNewsIsLostAndNotTooMuch() {
    NettyLink link =
        new NettyLink(
            self -> new Broker(self, Broker.Role.SERVER, BrokerSettings.DEFAULT, Map.of()),
            LinkLimits.DEFAULT);
    List<CompletableFuture<?>> between = new ArrayList<>();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelInactive(ChannelHandlerContext ctx) {
                between.add(link.broker().root().call("a"));
                between.add(link.broker().whenWritable());
                assertThat(between).allMatch(future -> !future.isDone());
                ctx.fireChannelInactive();
              }
            },
            link);
    channel.writeInbound(
        Unpooled.wrappedBuffer(Feeding.written(Notation.read("[pb]").get(0), Dialect.NONE)));
    assertThat(link.broker().isOpen()).isTrue();
    channel.close();
    assertThat(between)
        .hasSize(2)
        .allSatisfy(
            future ->
                assertThatThrownBy(future::join).hasCauseInstanceOf(ConnectionLostException.class));
    channel.finishAndReleaseAll();
  }

  @Test
  void aServerNeedsARootOrAPortalAndAFreePort() throws Exception {
    assertThatThrownBy(() -> server().start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("either a root object or a portal");
    try (PbServer server = server().root(desk).start()) {
      String taken = "tcp:host=127.0.0.1:port=" + server.address().getPort();
      assertThatThrownBy(() -> PbServer.at(taken).root(desk).start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + server.address().getPort());
    }
  }

  private static final class Twice implements Referenceable {
    @Exposed
    void same(int a) {}

    @Exposed
    void same(String a) {}
  }

  @Test
  void aRootThatCannotBeExposedIsToldWhenTheServerStarts() {
    assertThatThrownBy(() -> server().root(new Twice()).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are both exposed as 'same'");
  }

  @Test
  void bothEndsKnowTheirAddresses() throws Exception {
    try (PbServer server = server().root(new Caller()).start();
        PbClient client = connect(server)) {
      assertThat(client.remoteAddress()).isEqualTo(server.address());
      assertThat(client.root().call("who").join()).isEqualTo(client.localAddress().toString());
      assertThat(client.root().connection().remoteAddress()).isEqualTo(server.address());
    }
  }

  private static final class Caller implements Referenceable {
    @Exposed
    String who(PbConnection caller) {
      return caller.remoteAddress().toString();
    }
  }
}
