// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Caller;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.View;
import dev.spindle.pb.broker.Viewable;
import dev.spindle.pb.cred.AnonymousChecker;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.CertificateChecker;
import dev.spindle.pb.cred.CredentialChecker;
import dev.spindle.pb.cred.Login;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.pb.cred.Realm;
import dev.spindle.pb.types.Types;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Java server with logins; {@code logins.py} is its twin.
 *
 * <p>Numbers its avatars, and remembers which were logged out.
 */
final class LoginServer implements AutoCloseable {
  private static final Panel PANEL = new Panel();

  /** What is sent for each, and what a client reads. */
  static final Types TYPES =
      Types.builder()
          .sendsFor(
              Secret.class,
              "logins.Secret",
              (secret, whom) -> Map.of("text", secretFor(whom.orElseThrow())))
          .reads("logins.Secret", attributes -> String.valueOf(attributes.get("text")))
          .build();

  /** Whom a server takes; each takes those before it too. */
  enum Guests {
    NAMED,
    ANONYMOUS,
    CERTIFIED
  }

  private final PbServer server;
  private final AtomicInteger count = new AtomicInteger();
  private final List<String> left = new CopyOnWriteArrayList<>();

  LoginServer(Endpoint endpoint, Guests guests) throws IOException {
    Realm realm = login -> CompletableFuture.completedFuture(avatar(login));
    List<CredentialChecker> checkers = new ArrayList<>();
    checkers.add(PasswordChecker.of(Map.of("alice", "sesame", "bob", "caraway")));
    if (guests != Guests.NAMED) {
      checkers.add(new AnonymousChecker());
    }
    if (guests == Guests.CERTIFIED) {
      checkers.add(CertificateChecker.byCommonName());
    }
    server = PbServer.at(endpoint).types(TYPES).portal(new Portal(realm, checkers)).start();
  }

  private Avatar avatar(Login login) {
    String name = login.avatarId() + "#" + count.incrementAndGet();
    return new Avatar(new Person(name, login.mind().orElse(null)), () -> left.add(name));
  }

  /** Everybody has a view of it. */
  static final class Panel implements Viewable {
    @Exposed
    String who(@Caller Person person, int number) {
      return person.name + " " + number;
    }
  }

  /** Tells everybody something else. */
  record Secret() {}

  private static String secretFor(Object person) {
    return "for " + ((Person) person).name;
  }

  /** What a user may call. */
  static final class Person {
    private final String name;
    private final @Nullable RemoteReference mind;

    Person(String name, @Nullable RemoteReference mind) {
      this.name = name;
      this.mind = mind;
    }

    @Exposed
    String whoAmI() {
      return name;
    }

    @Exposed
    Panel panel() {
      return PANEL;
    }

    @Exposed
    boolean isPanel(View view) {
      return view.viewable() == PANEL && view.perspective().orElseThrow() == this;
    }

    @Exposed
    Secret secret() {
      return new Secret();
    }

    /** A reference remembers on whose behalf it was received. */
    @Exposed
    CompletionStage<@Nullable Object> tell(RemoteReference listener) {
      return listener.call("hear", new Secret(), PANEL);
    }

    @Exposed
    CompletionStage<@Nullable Object> askMind(String text) {
      return java.util.Objects.requireNonNull(mind).call("ask", text);
    }
  }

  PbServer running() {
    return server;
  }

  /** The avatars that were logged out, in order. */
  List<String> left() {
    return left;
  }

  @Override
  public void close() {
    server.close();
  }
}
