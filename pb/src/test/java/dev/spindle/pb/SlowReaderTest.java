// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.broker.UnsentLimitException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller whose peer does not read: bounded by what it may leave unsent. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class SlowReaderTest {
  private static final int KIB = 1024;
  private static final int MOST_UNSENT = 256 * KIB;

  /** More than the kernel takes of a connection by itself, which may be several MiB. */
  private static final int ENDLESS = 100_000;

  private final byte[] argument = new byte[KIB];

  private static PbClient client(ServerSocket server) throws Exception {
    return PbClient.to("tcp:host=127.0.0.1:port=" + server.getLocalPort())
        .maxUnsentBytes(MOST_UNSENT)
        .connect();
  }

  @Test
  void callsFailBeyondTheBoundAndGoOnOnceItReads() throws Exception {
    try (ServerSocket server = new ServerSocket(0);
        PbClient client = client(server);
        SocketPeer peer = new SocketPeer(server.accept()).serve()) {
      int sent = callUntilRefused(client);
      CompletableFuture<@Nullable Void> writable = client.whenWritable();
      for (int i = 1; i <= sent; i++) {
        assertThat(peer.hear()).startsWith("[message " + i + " root take 1 ");
      }
      writable.get(20, TimeUnit.SECONDS);
      CompletableFuture<?> after = client.root().call("again");
      assertThat(peer.hear()).startsWith("[message " + (sent + 1) + " root again 1 ");
      peer.say("[answer " + (sent + 1) + " 5]");
      assertThat(after.get(20, TimeUnit.SECONDS)).isEqualTo(5L);
    }
  }

  /** Makes calls, one after the other has been written, until one is refused. */
  private int callUntilRefused(PbClient client) throws Exception {
    List<CompletableFuture<?>> calls = new ArrayList<>();
    while (calls.size() < ENDLESS) {
      CompletableFuture<?> call = client.root().call("take", argument);
      awaitThread(client);
      if (call.isDone()) {
        assertThatThrownBy(call::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(UnsentLimitException.class)
            .hasMessageContaining("bytes wait already for /127.0.0.1:");
        assertThat(calls).noneMatch(CompletableFuture::isDone);
        return calls.size();
      }
      calls.add(call);
    }
    throw new AssertionError("never refused");
  }

  /** Until the connection's thread has come to what was left there before. */
  private static void awaitThread(PbClient client) throws Exception {
    CompletableFuture<@Nullable Void> come = new CompletableFuture<>();
    client
        .root()
        .call("unsendable", new Object())
        .whenComplete((value, error) -> come.complete(null));
    come.get(20, TimeUnit.SECONDS);
  }

  @Test
  void sendsAreDroppedBeyondTheBound() throws Exception {
    try (ServerSocket server = new ServerSocket(0);
        PbClient client = client(server);
        SocketPeer peer = new SocketPeer(server.accept()).serve()) {
      int sent = callUntilRefused(client);
      for (int i = 0; i < 1000; i++) {
        client.root().send("dropped", argument);
      }
      awaitThread(client);
      CompletableFuture<@Nullable Void> writable = client.whenWritable();
      for (int i = 1; i <= sent; i++) {
        peer.hearExpression();
      }
      writable.get(20, TimeUnit.SECONDS);
      client.root().send("last");
      assertThat(peer.hear()).startsWith("[message " + (sent + 1) + " root last 0 ");
    }
  }
}
