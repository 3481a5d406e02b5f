// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Both sides call each other. */
final class CallsConversation implements Conversation {
  private static final int MANY = 1000;

  /** What either side may call at the other. */
  static final class Desk implements Referenceable {
    private record Held(int number, CompletableFuture<Integer> answer) {}

    private final String name;
    private final Speaker speaker;
    private final Deque<Held> held = new ArrayDeque<>();
    private final List<String> notes = new ArrayList<>();

    Desk(String name, Speaker speaker) {
      this.name = name;
      this.speaker = speaker;
    }

    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      return value;
    }

    @Exposed
    String join(String a, int b, Optional<String> c) {
      return a + " " + b + " " + c.orElse("-");
    }

    @Exposed
    CompletionStage<@Nullable Object> nest(int depth, RemoteReference other) {
      if (depth == 0) {
        return CompletableFuture.completedFuture(List.of(name));
      }
      return other
          .call("nest", depth - 1, this)
          .thenApply(
              path -> {
                List<@Nullable Object> longer = new ArrayList<>((List<?>) path);
                longer.add(name);
                return longer;
              });
    }

    @Exposed
    CompletionStage<@Nullable Object> callBack(RemoteReference desk) {
      return desk.call("again", this)
          .whenComplete((answer, e) -> speaker.say("called back", answer));
    }

    /** Calls who is calling, who is waiting for this. */
    @Exposed
    CompletionStage<@Nullable Object> again(RemoteReference desk) {
      return desk.call("echo", "from within")
          .whenComplete((answer, e) -> speaker.say("called within a call", answer));
    }

    @Exposed
    CompletionStage<Integer> hold(int number) {
      held.push(new Held(number, new CompletableFuture<>()));
      return held.getFirst().answer();
    }

    /** Answers what is held, the last one first. */
    @Exposed
    void release() {
      while (!held.isEmpty()) {
        Held last = held.pop();
        last.answer().complete(last.number());
      }
    }

    @Exposed
    CompletionStage<@Nullable Void> flood(RemoteReference desk) {
      List<@Nullable Object> order = Collections.synchronizedList(new ArrayList<>());
      for (int number = 0; number < MANY; number++) {
        desk.call("hold", number).thenAccept(order::add);
      }
      List<Long> reversed = LongStream.range(0, MANY).map(n -> MANY - 1 - n).boxed().toList();
      return desk.call("release")
          .thenAccept(
              done ->
                  speaker.say(
                      "1,000 calls in flight, answered last one first", order.equals(reversed)));
    }

    @Exposed
    void note(String text) {
      notes.add(text);
      if (text.equals("fail")) {
        throw new IllegalStateException("nobody should hear of this");
      }
    }

    @Exposed
    List<String> notes() {
      return notes;
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.root(new Desk("server", host.speaker()));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.connect()) {
      RemoteReference root = connection.root();
      Desk mine = new Desk("client", visit);
      visit.say("echo", await(root.call("echo", "x")));
      visit.say("by position", await(root.call("join", "a", 2)));
      visit.say(
          "by keyword", await(root.call("join", new Object[] {"a"}, Map.of("b", 2, "c", "c"))));
      visit.say("nested", await(root.call("nest", 5, mine)));
      visit.say("re-entrant", await(root.call("callBack", mine)));
      await(mine.flood(root).toCompletableFuture());
      visit.say("the server does too", await(root.call("flood", mine)));
      root.send("note", "one");
      root.send("note", "fail");
      root.send("note", "two");
      visit.say("noted without an answer", await(root.call("notes")));
    }
  }
}
