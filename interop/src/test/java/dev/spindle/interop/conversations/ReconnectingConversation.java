// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.Backoff;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.ReconnectingClient;
import dev.spindle.pb.ReconnectingReference;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client that comes back to a server that restarts. */
final class ReconnectingConversation implements Conversation {
  private static final Backoff SOON =
      new Backoff(Duration.ofMillis(10), Duration.ofMillis(100), 0.5);

  private volatile int restarts;

  static final class Desk implements Referenceable {
    @Exposed
    String ping() {
      return "pong";
    }
  }

  private final class Server implements Referenceable {
    private final Host host;

    Server(Host host) {
      this.host = host;
    }

    @Exposed
    String greet(String name) {
      return "hello " + name + ", after " + restarts + " restarts";
    }

    @Exposed
    Desk desk() {
      return new Desk();
    }

    /** Is never answered. */
    @Exposed
    CompletionStage<String> hold() {
      host.speaker().say("holds a call");
      return new CompletableFuture<>();
    }

    @Exposed
    void restart() {
      restarts++;
      host.speaker().say("restarts");
      host.restart().run();
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.root(new Server(host));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (ReconnectingClient connections = client.reconnecting().backoff(SOON).start()) {
      ReconnectingReference root = connections.target();
      for (int time = 0; time < 3; time++) {
        visit.say("greeted", await(root.call("greet", "ada")));
        RemoteReference desk = (RemoteReference) await(root.call("desk"));
        visit.say("an object of it", await(desk.call("ping")));
        if (time < 2) {
          CompletableFuture<@Nullable Object> held = root.call("hold");
          root.call("restart");
          visit.outcome("a call under way", held);
          visit.outcome("the object then", desk.call("ping"));
        }
      }
    }
  }
}
