// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.AnonymousChecker;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.Login;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.pb.cred.Realm;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who comes with which right. */
final class LoginsConversation implements Conversation {

  /** Who came is said, and who left, if somebody waits for it. */
  private static final class Doors implements Realm {
    private final Speaker speaker;
    private final AtomicReference<@Nullable CompletableFuture<String>> left =
        new AtomicReference<>();

    Doors(Speaker speaker) {
      this.speaker = speaker;
    }

    @Override
    public CompletionStage<Avatar> avatar(Login login) {
      String name =
          login.avatarId().equals(AnonymousChecker.ANONYMOUS) ? "nobody" : login.avatarId();
      speaker.say(name + " came, " + (login.mind().isPresent() ? "with" : "without") + " a mind");
      User user = new User(name, login.mind().orElse(null), this);
      return CompletableFuture.completedFuture(new Avatar(user, () -> leave(name)));
    }

    private void leave(String name) {
      CompletableFuture<String> waiting = left.getAndSet(null);
      if (waiting != null) {
        speaker.say(name + " left");
        waiting.complete(name);
      }
    }

    private CompletableFuture<String> next() {
      CompletableFuture<String> next = new CompletableFuture<>();
      left.set(next);
      return next;
    }
  }

  static final class User {
    private final String name;
    private final @Nullable RemoteReference mind;
    private final Doors doors;

    User(String name, @Nullable RemoteReference mind, Doors doors) {
      this.name = name;
      this.mind = mind;
      this.doors = doors;
    }

    @Exposed
    String whoAmI() {
      return name;
    }

    @Exposed
    CompletionStage<@Nullable Object> askMind(String text) {
      return Objects.requireNonNull(mind).call("ask", text);
    }

    /** Answers when somebody has been logged out. */
    @Exposed
    CompletionStage<String> nextToLeave() {
      return doors.next();
    }
  }

  static final class Mind implements Referenceable {
    private final Speaker visit;

    Mind(Speaker visit) {
      this.visit = visit;
    }

    @Exposed
    String ask(String text) {
      visit.say("asked " + text);
      return "I " + text;
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.portal(
        Portal.of(
            new Doors(host.speaker()),
            PasswordChecker.of(Map.of("ada", "sesame", "bob", "caraway")),
            new AnonymousChecker()));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.connect();
        PbClient other = client.connect()) {
      visit.outcome(
          "a wrong password", connection.login(Credentials.password("ada", "simsim"), null));
      visit.outcome(
          "an unknown name", connection.login(Credentials.password("eve", "sesame"), null));
      Credentials right = Credentials.password("ada", "sesame");
      RemoteReference ada = await(connection.login(right, new Mind(visit)));
      visit.say("the right password", await(ada.call("whoAmI")));
      visit.say("the mind is asked", await(ada.call("askMind", "think")));
      RemoteReference nobody = await(connection.login(Credentials.anonymous(), null));
      visit.say("anonymous", await(nobody.call("whoAmI")));

      CompletableFuture<@Nullable Object> left = ada.call("nextToLeave");
      nobody.close();
      visit.say("let go of", await(left));
      RemoteReference bob = await(other.login(Credentials.password("bob", "caraway"), null));
      visit.say("on another connection", await(bob.call("whoAmI")));
      left = ada.call("nextToLeave");
      await(ada.call("whoAmI")); // by now the call before has arrived
      CompletableFuture<@Nullable Object> ended = new CompletableFuture<>();
      other.onDisconnect(ended::complete);
      other.close();
      await(ended);
      visit.say("hung up", await(left));
      visit.outcome("and is dead", bob.call("whoAmI"));
      visit.say("the other stays", await(ada.call("whoAmI")));
      RemoteReference again = await(connection.login(right, null));
      visit.say("twice at once", !again.equals(ada));
      left = again.call("nextToLeave");
      ada.close();
      visit.say("let go of", await(left));
      visit.say("the second stays", await(again.call("whoAmI")));
    }
  }
}
