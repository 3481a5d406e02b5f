// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.OpenObject;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.Services;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Objects and methods that come while the connection lives. */
final class PublishingConversation implements Conversation {

  static final class Room implements Referenceable {
    private final String name;

    Room(String name) {
      this.name = name;
    }

    @Exposed
    String name() {
      return name;
    }
  }

  static final class Server implements Referenceable {
    private final Speaker speaker;
    private final Services services;

    /** An object that learns. */
    private final OpenObject desk = new OpenObject();

    Server(Speaker speaker, Services services) {
      this.speaker = speaker;
      this.services = services;
    }

    @Exposed
    OpenObject desk() {
      return desk;
    }

    @Exposed
    void learn(String method, long factor) {
      speaker.say("learnt " + method);
      desk.add(method, call -> (Long) call.arguments().get(0) * factor);
    }

    @Exposed
    void forget(String method) {
      speaker.say("forgot " + method);
      desk.remove(method);
    }

    @Exposed
    Room open(String name) {
      return new Room(name);
    }

    @Exposed
    void publish(String service, String name) {
      speaker.say("published " + service);
      services.publish(service, new Room(name));
    }

    /** Calls a new object of the client's, and one that it has published. */
    @Exposed
    CompletionStage<@Nullable Void> visit(PbConnection from, RemoteReference room) {
      return speaker
          .told("a new object there", room.call("name"))
          .thenCompose(done -> speaker.told("published there", from.service("lodge").call("name")));
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    Services services = new Services();
    server.services(services).root(new Server(host.speaker(), services));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    Services own = new Services();
    try (PbClient connection = client.services(own).connect()) {
      RemoteReference root = connection.root();
      RemoteReference desk = (RemoteReference) await(root.call("desk"));
      visit.outcome("before", desk.call("twice", 4));
      await(root.call("learn", "twice", 2));
      visit.outcome("a new method", desk.call("twice", 4));
      await(root.call("learn", "twice", 20));
      visit.outcome("made anew", desk.call("twice", 4));
      await(root.call("learn", "thrice", 3));
      visit.outcome("another", desk.call("thrice", 4));
      await(root.call("forget", "twice"));
      visit.outcome("taken away", desk.call("twice", 4));
      visit.outcome("the other stays", desk.call("thrice", 4));

      RemoteReference room = (RemoteReference) await(root.call("open", "green room"));
      visit.outcome("a new object", room.call("name"));
      RemoteReference tower = connection.service("tower");
      visit.outcome("not yet published", tower.call("name"));
      await(root.call("publish", "tower", "old tower"));
      visit.outcome("published", tower.call("name"));
      await(root.call("publish", "tower", "new tower"));
      visit.outcome("published anew", tower.call("name"));

      own.publish("lodge", new Room("my lodge"));
      await(root.call("visit", new Room("my room")));
    }
  }
}
