// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Objects that are passed by reference. */
final class ReferencesConversation implements Conversation {

  static final class Thing implements Referenceable {
    private final String name;

    Thing(String name) {
      this.name = name;
    }

    @Exposed
    String ping() {
      return "pong of " + name;
    }
  }

  static final class Server implements Referenceable {
    private final Speaker speaker;
    private final Map<String, Thing> things = Map.of("a", new Thing("a"), "b", new Thing("b"));
    private @Nullable Object kept;

    Server(Speaker speaker) {
      this.speaker = speaker;
    }

    @Exposed
    Thing thing(String name) {
      return Objects.requireNonNull(things.get(name));
    }

    @Exposed
    List<Thing> several() {
      return List.of(thing("a"), thing("a"), thing("b"));
    }

    @Exposed
    void keep(Object value) {
      kept = value;
    }

    @Exposed
    @Nullable Object kept() {
      return kept;
    }

    @Exposed
    boolean isKept(Object value) {
      return value.equals(kept);
    }

    @Exposed
    void comeHome(Object thing, String name) {
      speaker.say("my own object", thing == thing(name));
    }

    /** Calls an object of the client's, deep in data beside one of ours. */
    @Exposed
    CompletionStage<@Nullable Object> pingDeep(Object data) {
      List<?> pair = deep(data);
      speaker.say("mine deep in data", pair.get(1) == thing("a"));
      return ((RemoteReference) pair.get(0)).call("ping");
    }
  }

  private static List<?> deep(@Nullable Object data) {
    List<?> pairs = (List<?>) ((Map<?, ?>) Objects.requireNonNull(data)).get("deep");
    return (List<?>) Objects.requireNonNull(pairs).get(0);
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.root(new Server(host.speaker()));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.connect()) {
      RemoteReference root = connection.root();
      RemoteReference a = (RemoteReference) await(root.call("thing", "a"));
      visit.say("asked for twice, one reference", a.equals(await(root.call("thing", "a"))));
      List<?> several = (List<?>) await(root.call("several"));
      RemoteReference other = (RemoteReference) several.get(2);
      visit.say(
          "twice in one value", several.get(0).equals(several.get(1)) && several.get(0).equals(a));
      visit.say("another is another", !other.equals(a));
      visit.say("called", await(other.call("ping")));
      await(root.call("comeHome", a, "a"));

      Thing mine = new Thing("the client's");
      await(root.call("keep", mine));
      visit.say("my own object came back", await(root.call("kept")) == mine);
      visit.say("it is the same there", await(root.call("isKept", mine)));
      visit.say("another is not", await(root.call("isKept", new Thing("another"))));

      Map<String, Object> data = Map.of("deep", List.of(Tuple.of(mine, a)));
      visit.say("called deep in data", await(root.call("pingDeep", data)));
      await(root.call("keep", data));
      List<?> back = deep(await(root.call("kept")));
      visit.say("mine deep in data", back.get(0) == mine);
      visit.say("theirs deep in data", back.get(1).equals(a));
      visit.say("called", await(((RemoteReference) back.get(1)).call("ping")));
    }
  }
}
