// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A caller that does not wait for ever. */
final class DeadlinesConversation implements Conversation {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(60);

  static final class Thing implements Referenceable {}

  static final class Server implements Referenceable {
    private final Speaker speaker;
    private List<CompletableFuture<Object>> held = new ArrayList<>();

    Server(Speaker speaker) {
      this.speaker = speaker;
    }

    @Exposed
    CompletionStage<Object> hold() {
      CompletableFuture<Object> answer = new CompletableFuture<>();
      held.add(answer);
      return answer;
    }

    private List<CompletableFuture<Object>> taken() {
      List<CompletableFuture<Object>> all = held;
      held = new ArrayList<>();
      return all;
    }

    /** Answers all calls that are held, with a value and an object of ours. */
    @Exposed
    void release(Object value) {
      taken().forEach(answer -> answer.complete(List.of(value, new Thing())));
    }

    @Exposed
    void fail() {
      PbError error = new PbError("conversations.deadlines.Late", "too late to matter");
      taken().forEach(answer -> answer.completeExceptionally(error));
    }

    @Exposed
    Object echo(Object value) {
      speaker.say("echo", value);
      return value;
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.root(new Server(host.speaker()));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.connect()) {
      RemoteReference root = connection.root();
      visit.outcome("answered in time", root.withDeadline(LONG).call("echo", "soon"));
      visit.outcome("held for longer", root.withDeadline(SHORT).call("hold"));
      visit.say("the connection stays", await(root.call("echo", "after the deadline")));
      await(root.call("release", "late"));
      visit.say("a late answer does no harm", await(root.call("echo", "after the answer")));

      giveUp(root, visit);
      CompletableFuture<@Nullable Object> kept = root.call("hold");
      await(root.call("release", "late"));
      visit.say("beside it", ((List<?>) await(kept)).get(0));

      giveUp(root, visit);
      await(root.call("fail"));
      visit.say("a late failure does no harm", await(root.call("echo", "in the end")));
    }
  }

  private static void giveUp(RemoteReference root, Speaker visit) {
    CompletableFuture<@Nullable Object> call = root.call("hold");
    await(root.call("echo", "the call has arrived"));
    call.cancel(true);
    visit.outcome("given up", call);
  }
}
