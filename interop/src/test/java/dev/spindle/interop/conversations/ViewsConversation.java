// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Caller;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.View;
import dev.spindle.pb.broker.Viewable;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.pb.types.Types;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Everybody sees what is theirs, and is known when they call. */
final class ViewsConversation implements Conversation {
  private static final String NOTE = "conversations.views.Note";

  /** A note reads otherwise for everybody. */
  private static final Types TYPES =
      Types.builder()
          .sendsFor(Note.class, NOTE, (note, user) -> Map.of("text", textFor(user.orElseThrow())))
          .reads(NOTE, attributes -> String.valueOf(attributes.get("text")))
          .build();

  record Note() {}

  private static String textFor(Object user) {
    return "for " + ((User) user).name;
  }

  /** One object, of which everybody has a view. */
  static final class Panel implements Viewable {
    @Exposed
    String press(@Caller User user, int button) {
      user.speaker.say(user.name + " pressed " + button);
      return user.name + "'s " + button;
    }
  }

  static final class User {
    private final String name;
    private final Panel panel;
    private final Speaker speaker;

    User(String name, Panel panel, Speaker speaker) {
      this.name = name;
      this.panel = panel;
      this.speaker = speaker;
    }

    @Exposed
    String whoAmI() {
      return name;
    }

    @Exposed
    Panel panel() {
      return panel;
    }

    @Exposed
    Note note() {
      return new Note();
    }

    @Exposed
    boolean mine(View view) {
      return view.viewable() == panel && view.perspective().orElseThrow() == this;
    }

    /** A reference remembers on whose behalf it was received. */
    @Exposed
    CompletionStage<@Nullable Object> tell(RemoteReference listener) {
      return listener.call("hear", new Note(), panel);
    }
  }

  static final class Listener implements Referenceable {
    @Exposed
    CompletionStage<String> hear(String note, RemoteReference panel) {
      return panel.call("press", 7).thenApply(who -> note + ", " + who);
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    Panel panel = new Panel();
    server
        .types(TYPES)
        .portal(
            Portal.of(
                login ->
                    CompletableFuture.completedFuture(
                        Avatar.of(new User(login.avatarId(), panel, host.speaker()))),
                PasswordChecker.of(Map.of("ada", "sesame", "bob", "caraway"))));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.types(TYPES).connect()) {
      RemoteReference ada = await(connection.login(Credentials.password("ada", "sesame"), null));
      RemoteReference bob = await(connection.login(Credentials.password("bob", "caraway"), null));
      visit.say("who is calling", await(ada.call("whoAmI")));
      visit.say("who is calling", await(bob.call("whoAmI")));
      RemoteReference panel = (RemoteReference) await(ada.call("panel"));
      RemoteReference others = (RemoteReference) await(bob.call("panel"));
      visit.say("one object, two views", !panel.equals(others));
      visit.say("asked for twice, one view", panel.equals(await(ada.call("panel"))));
      visit.say("ada's view", await(panel.call("press", 1)));
      visit.say("bob's view", await(others.call("press", 2)));
      visit.say("ada's own view is hers", await(ada.call("mine", panel)));
      visit.say("bob's is not", await(ada.call("mine", others)));
      visit.say("a copy for ada", await(ada.call("note")));
      visit.say("a copy for bob", await(bob.call("note")));
      visit.say("called back for ada", await(ada.call("tell", new Listener())));
      visit.say("called back for bob", await(bob.call("tell", new Listener())));
      visit.outcome("no such method", ada.call("fly"));
      visit.outcome("no such method of a view", panel.call("fly"));
    }
  }
}
