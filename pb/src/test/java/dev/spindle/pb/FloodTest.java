// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two sides that call each other faster than either can read. */
class FloodTest {
  private static final int CALLS = 400;
  private static final int BYTES = 100_000;

  private static final class Echo implements Referenceable {
    final CompletableFuture<RemoteReference> other = new CompletableFuture<>();

    @Exposed
    Object echo(Object value) {
      return value;
    }

    @Exposed
    void meet(RemoteReference peer) {
      other.complete(peer);
    }
  }

  /** Each would stop reading while the other does not read, and neither ever read again. */
  @Test
  void bothSidesFloodingEachOtherStillGetTheirAnswers() throws Exception {
    Echo here = new Echo();
    try (PbServer server = PbServer.at("tcp:port=0").root(here).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      client.root().call("meet", new Echo()).join();
      RemoteReference toServer = client.root();
      RemoteReference toClient = here.other.join();
      byte[] big = new byte[BYTES];
      CompletableFuture<?>[] calls =
          IntStream.range(0, CALLS)
              .mapToObj(i -> (i % 2 == 0 ? toServer : toClient).call("echo", big))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(calls).get(60, TimeUnit.SECONDS);
    }
  }
}
