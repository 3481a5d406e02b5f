// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.Backoff;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.ReconnectListener;
import dev.spindle.pb.ReconnectingClient;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A Twisted server that hangs up, and a client that comes back to it. */
class ReconnectTest {
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(10), Duration.ofMillis(100), 0.5);

  /** Introduces itself anew on each connection, as the other side has forgotten it. */
  private static final class Introduction implements ReconnectListener {
    final AtomicInteger number = new AtomicInteger();
    volatile @Nullable RemoteReference lab;

    @Override
    public void connected(RemoteReference target) {
      lab = (RemoteReference) target.call("meet", number.incrementAndGet(), new Lab()).join();
    }

    RemoteReference lab() {
      return java.util.Objects.requireNonNull(lab);
    }
  }

  @Test
  void aClientComesBackToATwistedServerThatHangsUp() throws Exception {
    Introduction introduction = new Introduction();
    try (TwistedPeer peer = TwistedPeer.start(Dialect.PB);
        ReconnectingClient client =
            PbClient.to("tcp:port=" + peer.command(null, "listen", "tcp", "").asText())
                .reconnecting()
                .backoff(QUICK)
                .listener(introduction)
                .start()) {
      for (int connection = 1; connection <= 3; connection++) {
        // It waits for the connection, and goes out behind the introduction.
        RemoteReference spare =
            (RemoteReference)
                client.target().call("meet", 100 + connection, new Lab()).get(20, TimeUnit.SECONDS);
        assertThat(spare.call("echo", connection).get(20, TimeUnit.SECONDS))
            .isEqualTo((long) connection);
        assertThat(introduction.number).hasValue(connection);
        CompletableFuture<?> under = introduction.lab().call("hold", 1, 2);
        introduction.lab().call("echo", "they have arrived").get(20, TimeUnit.SECONDS);
        peer.command(connection, "hang_up");
        assertThatThrownBy(() -> under.get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(ConnectionLostException.class);
      }
    }
  }
}
