// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Caller;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.Recording;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.ServerReplay;
import dev.spindle.pb.broker.View;
import dev.spindle.pb.broker.Viewable;
import dev.spindle.pb.jelly.Tuple;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded logins with a server of ours that draws the recorded challenges. */
class LoginReplayTest {
  private final DrivenTimer timer = new DrivenTimer();
  private final List<String> loggedOut = new ArrayList<>();

  /** Named as in the recording, where a missing method tells its class. */
  private static final class Member {
    private final Login login;
    private final Panel panel = new Panel();

    Member(Login login) {
      this.login = login;
    }

    @Exposed
    CompletionStage<Object> greet(String greeting) {
      RemoteReference mind = login.mind().orElseThrow();
      Map<String, Object> source = Map.of("source", ByteString.utf8(login.avatarId()));
      return mind.call("notify", new Object[] {greeting}, source)
          .thenApply(answer -> List.of("the mind said", answer));
    }

    @Exposed
    long add(long a, Optional<Long> b) {
      return a + b.orElse(0L);
    }

    @Exposed
    void fail() {
      throw new PbError("samples.KnownError", "by request");
    }

    @Exposed
    String whoami() {
      return "anonymous";
    }

    // ---- of "viewable" ----

    @Exposed
    Panel panel() {
      return panel;
    }

    @Exposed
    List<Object> isPanel(View view) {
      return List.of(
          true, view.viewable() == panel, view.perspective().filter(p -> p == this).isPresent());
    }
  }

  private static final class Panel implements Viewable {
    @Exposed
    List<Object> who(@Caller Member member, Object number, Object extra) {
      return List.of(
          ByteString.utf8(member.login.avatarId()), Tuple.of(number), Map.of("extra", extra));
    }
  }

  /** Draws what was drawn before. */
  private static final class Drawn extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient Queue<byte[]> challenges = new ArrayDeque<>();

    Drawn(Recording recording) {
      for (Object message : recording.expressions("server")) {
        if (message instanceof BananaList answer
            && answer.size() == 3
            && answer.get(2) instanceof BananaList tuple
            && tuple.size() == 3
            && tuple.get(1) instanceof ByteString challenge) {
          challenges.add(challenge.toByteArray());
        }
      }
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(challenges.remove(), 0, bytes, 0, bytes.length);
    }
  }

  private ServerReplay replay(String session, CredentialChecker checker, boolean byteByByte) {
    Realm realm =
        login ->
            CompletableFuture.completedFuture(
                new Avatar(new Member(login), () -> loggedOut.add(login.avatarId())));
    LoginRoot root =
        new LoginRoot(
            Portal.of(realm, checker),
            new LoginThrottle(timer),
            new Drawn(new Recording(session)),
            () -> {});
    return new ServerReplay(session, root)
        .run(byteByByte, () -> timer.pass(LoginThrottle.LONGEST_PENALTY));
  }

  private static final CredentialChecker ALICE = PasswordChecker.of(Map.of("alice", "sesame"));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoginWithAMind(boolean byteByByte) {
    ServerReplay server = replay("login", ALICE, byteByByte);
    assertThat(server.differences()).isEmpty();
    assertThat(loggedOut).as("the avatar was let go").containsExactly("alice");
  }

  @Test
  void aLoginWithoutAMindThatEndsWithTheConnection() {
    ServerReplay server = replay("login-without-mind", ALICE, false);
    assertThat(server.differences()).isEmpty();
    assertThat(loggedOut).isEmpty();
    server.link().disconnect("closed");
    assertThat(loggedOut).containsExactly("alice");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPerspectiveAndWhatItSees(boolean byteByByte) {
    ServerReplay server = replay("viewable", ALICE, byteByByte);
    assertThat(server.differences()).isEmpty();
    assertThat(server.link().broker().referenceCounts().exported()).as("the root").isOne();
    assertThat(loggedOut).containsExactly("alice");
  }

  @Test
  void loginsThatFail() {
    ServerReplay server = replay("login-failure", ALICE, false);
    // The one text that is ours: it names no class.
    assertThat(server.differences())
        .containsExactly(
            "[error 5 !twisted.cred.error.UnhandledCredentials: No checker for"
                + " twisted.cred.credentials.IAnonymous] became [error 5"
                + " !twisted.cred.error.UnhandledCredentials: No checker for anonymous logins]");
  }

  @Test
  void anAnonymousLogin() {
    ServerReplay server = replay("anonymous", new AnonymousChecker(), false);
    assertThat(server.differences()).isEmpty();
    assertThat(loggedOut).containsExactly(AnonymousChecker.ANONYMOUS);
  }
}
