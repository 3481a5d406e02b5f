// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Cached;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Objects that are copied once and kept up to date, of both sides. */
final class CachesConversation implements Conversation {

  /** Has a pond, and keeps a copy of the other side's. */
  static final class Keeper implements Referenceable {
    private final Speaker speaker;
    private final Pond pond;
    private @Nullable Cached kept;

    Keeper(Speaker speaker, Pond pond) {
      this.speaker = speaker;
      this.pond = pond;
    }

    @Exposed
    Pond pond() {
      return pond;
    }

    @Exposed
    CompletionStage<List<@Nullable Object>> add(String duck) {
      return pond.add(duck);
    }

    @Exposed
    void isPond(Object other) {
      speaker.say("my own pond", other == pond);
    }

    /** Answers when somebody has let go of a copy: how many there are then. */
    @Exposed
    CompletionStage<Integer> left() {
      return pond.left();
    }

    @Exposed
    void keep(Cached theirs) {
      kept = theirs;
      look();
    }

    @Exposed
    void look() {
      speaker.say("it has", ducks(giveBack()));
    }

    @Exposed
    Cached giveBack() {
      return Objects.requireNonNull(kept);
    }

    @Exposed
    void drop() {
      giveBack().close();
      kept = null;
    }
  }

  private static List<Object> ducks(Cached pond) {
    return pond.get(Pond.Copy.class).ducks();
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.types(Pond.TYPES).root(new Keeper(host.speaker(), new Pond("mallard")));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.types(Pond.TYPES).connect()) {
      RemoteReference root = connection.root();
      Cached pond = (Cached) await(root.call("pond"));
      visit.say("its state", ducks(pond));
      visit.say("the copies answer", await(root.call("add", "teal")));
      visit.say("an update", ducks(pond));
      Cached twin = (Cached) await(root.call("pond"));
      visit.say("asked for twice, told once", await(root.call("add", "smew")));
      visit.say("both are up to date", List.of(ducks(pond), ducks(twin)));
      await(root.call("isPond", pond));
      CompletableFuture<@Nullable Object> left = root.call("left");
      pond.close();
      twin.close();
      visit.say("let go; copies left", await(left));
      visit.say("nobody to tell", await(root.call("add", "wigeon")));
      try (Cached again = (Cached) await(root.call("pond"))) {
        visit.say("a new copy has its state", ducks(again));
        visit.say("and is told", await(root.call("add", "garganey")));
        visit.say("an update", ducks(again));
      }
      lend(root, visit);
    }
  }

  private static void lend(RemoteReference root, Speaker visit) {
    Pond mine = new Pond("coot");
    await(root.call("keep", mine));
    visit.say("the server's copy answers", await(mine.add("crake")));
    await(root.call("look"));
    visit.say("my own pond came back", await(root.call("giveBack")) == mine);
    CompletableFuture<Integer> left = mine.left();
    await(root.call("drop"));
    visit.say("the server let go; copies left", await(left));
  }
}
