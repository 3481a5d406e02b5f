// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerPair;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.MemoryLink;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.Tuple;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, from both sides. Section 12 of the reference. */
class LoginTest {
  private final DrivenTimer timer = new DrivenTimer();
  private final List<Login> logins = new ArrayList<>();
  private final List<String> loggedOut = new ArrayList<>();
  private @Nullable CompletableFuture<Avatar> held;
  private int loggedIn;

  private static final class Member {
    private final String name;

    Member(String name) {
      this.name = name;
    }

    @Exposed
    String whoami() {
      return name;
    }
  }

  private static final class Mind implements Referenceable {}

  private CompletionStage<Avatar> avatar(Login login) {
    logins.add(login);
    CompletableFuture<Avatar> later = held;
    Avatar avatar = new Avatar(new Member(login.avatarId()), () -> loggedOut.add(login.avatarId()));
    return later == null
        ? CompletableFuture.completedFuture(avatar)
        : later.thenApply(ready -> avatar);
  }

  private LoginRoot root(CredentialChecker... checkers) {
    return new LoginRoot(
            Portal.of(this::avatar, checkers),
            new LoginThrottle(timer),
            new SecureRandom(),
            () -> {})
        .whenLoggedIn(() -> loggedIn++);
  }

  private static final CredentialChecker ALICE =
      PasswordChecker.of(Map.of("alice", "sesame", "ali ö", "b€"));

  private final BrokerPair pair = BrokerPair.of(root(ALICE));

  private CompletableFuture<RemoteReference> login(
      Credentials credentials, @Nullable Referenceable mind) {
    CompletableFuture<RemoteReference> login =
        ClientLogin.login(pair.client().root(), credentials, mind);
    pair.pump();
    return login;
  }

  @Test
  void theRightSecretGivesThePerspectiveAndTheMind() {
    Mind mind = new Mind();
    RemoteReference perspective = login(Credentials.password("alice", "sesame"), mind).join();
    assertThat(pair.outcome(perspective.call("whoami"))).isEqualTo("alice");
    assertThat(logins).hasSize(1);
    assertThat(logins.get(0).mind()).isPresent();
    assertThat(logins.get(0).connection()).isSameAs(pair.server());
    assertThat(loggedIn).isEqualTo(1);
    assertThat(loggedOut).isEmpty();
  }

  @Test
  void namesAndSecretsAreUtf8() {
    assertThat(login(Credentials.password("ali ö", "b€"), null)).isCompleted();
    assertThat(logins.get(0).avatarId()).isEqualTo("ali ö");
    assertThat(logins.get(0).mind()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "Sesame", "", "sesame "})
  void aWrongSecretIsRefusedAfterItsPenalty(String secret) {
    CompletableFuture<RemoteReference> login = login(Credentials.password("alice", secret), null);
    assertThat(login).isNotDone();
    timer.pass(LoginThrottle.FIRST_PENALTY);
    pair.pump();
    assertThatThrownBy(login::join)
        .cause()
        .isInstanceOfSatisfying(
            RemoteException.class,
            e -> {
              assertThat(e.isA(LoginRefusedException.TYPE)).isTrue();
              assertThat(e.isA("twisted.cred.error.LoginFailed")).isTrue();
              assertThat(e.text()).isEmpty();
            });
    assertThat(logins).isEmpty();
    assertThat(loggedIn).isZero();
  }

  @Test
  void anUnknownNameIsRefusedInTheSameWords() {
    CompletableFuture<RemoteReference> wrong = login(Credentials.password("alice", "x"), null);
    CompletableFuture<RemoteReference> unknown = login(Credentials.password("bob", "x"), null);
    timer.pass(LoginThrottle.LONGEST_PENALTY);
    pair.pump();
    assertThat(messageOf(unknown)).isEqualTo(messageOf(wrong));
  }

  private static String messageOf(CompletableFuture<?> failed) {
    return String.valueOf(failed.handle((value, error) -> error.getCause()).join());
  }

  @Test
  void aSecondAttemptOnTheSameConnectionMaySucceed() {
    login(Credentials.password("alice", "wrong"), null);
    timer.pass(LoginThrottle.LONGEST_PENALTY);
    pair.pump();
    assertThat(login(Credentials.password("alice", "sesame"), null)).isCompleted();
  }

  @Test
  void twoLoginsAreTwoPerspectives() {
    RemoteReference one = login(Credentials.password("alice", "sesame"), null).join();
    RemoteReference two = login(Credentials.password("alice", "sesame"), null).join();
    assertThat(one).isNotSameAs(two);
    one.close();
    pair.pump();
    assertThat(loggedOut).hasSize(1);
    assertThat(pair.outcome(two.call("whoami"))).isEqualTo("alice");
    pair.disconnect();
    assertThat(loggedOut).hasSize(2);
  }

  @Test
  void logoutHappensOnceWhicheverEndComesFirst() {
    RemoteReference perspective = login(Credentials.password("alice", "sesame"), null).join();
    perspective.close();
    pair.pump();
    assertThat(loggedOut).containsExactly("alice");
    pair.disconnect();
    assertThat(loggedOut).containsExactly("alice");
  }

  @Test
  void anAvatarThatIsReadyTooLateIsLoggedOut() {
    held = new CompletableFuture<>();
    CompletableFuture<RemoteReference> login = login(Credentials.password("alice", "sesame"), null);
    assertThat(login).isNotDone();
    pair.disconnect();
    assertThat(login).isCompletedExceptionally();
    held.complete(null);
    pair.pump();
    assertThat(loggedOut).containsExactly("alice");
  }

  @Test
  void anErrorOfTheRealmIsToldUnderItsName() {
    held = new CompletableFuture<>();
    held.completeExceptionally(new dev.spindle.pb.broker.PbError("farm.Closed", "on Sundays"));
    assertThatThrownBy(login(Credentials.password("alice", "sesame"), null)::join)
        .cause()
        .hasMessage("farm.Closed: on Sundays");
    assertThat(loggedIn).isZero();
  }

  @Test
  void anonymousLoginsAreRefusedWhereNobodyChecksThem() {
    CompletableFuture<RemoteReference> login = login(Credentials.anonymous(), null);
    timer.pass(LoginThrottle.LONGEST_PENALTY);
    pair.pump();
    assertThatThrownBy(login::join)
        .cause()
        .hasMessage("twisted.cred.error.UnhandledCredentials: No checker for anonymous logins");
    BrokerPair open = BrokerPair.of(root(ALICE, new AnonymousChecker()));
    CompletableFuture<RemoteReference> anonymous =
        ClientLogin.login(open.client().root(), Credentials.anonymous(), new Mind());
    open.pump();
    assertThat(open.outcome(anonymous.join().call("whoami"))).isEqualTo("");
    assertThat(logins.get(0).mind()).isPresent();
    BrokerPair onlyAnonymous = BrokerPair.of(root(new AnonymousChecker()));
    CompletableFuture<RemoteReference> password =
        ClientLogin.login(
            onlyAnonymous.client().root(), Credentials.password("alice", "sesame"), null);
    onlyAnonymous.pump();
    timer.pass(LoginThrottle.LONGEST_PENALTY);
    onlyAnonymous.pump();
    assertThat(messageOf(password)).contains("No checker for names and passwords");
  }

  // ---- what is not there ----

  @Test
  void credentialsThatAreMissingAreNotAnonymous() {
    assertThatThrownBy(() -> login(null, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("credentials");
    assertThatThrownBy(() -> Credentials.password("alice", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("secret");
    assertThatThrownBy(() -> Credentials.password(null, "sesame"))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");
  }

  // ---- the client, against servers that answer otherwise ----

  /** Answers a login with whatever it was told to. */
  private static final class OddServer implements Referenceable {
    private final @Nullable Object answer;

    OddServer(@Nullable Object answer) {
      this.answer = answer;
    }

    @Exposed
    @Nullable Object login(Object name) {
      return answer;
    }

    @Exposed
    @Nullable Object loginAnonymous(@Nullable Object mind) {
      return answer;
    }
  }

  @Test
  void anAnswerThatIsNoChallengeFailsTheLogin() {
    for (Object answer : new Object[] {5, "text", Tuple.of(1), Tuple.of("a", "b"), null}) {
      BrokerPair odd = BrokerPair.of(new OddServer(answer));
      CompletableFuture<RemoteReference> login =
          ClientLogin.login(odd.client().root(), Credentials.password("a", "secret"), null);
      odd.pump();
      assertThatThrownBy(login::join)
          .hasMessageContaining("expected a challenge and who takes its answer as the answer to");
      CompletableFuture<RemoteReference> anonymous =
          ClientLogin.login(odd.client().root(), Credentials.anonymous(), null);
      odd.pump();
      assertThatThrownBy(anonymous::join).hasMessageContaining("expected a perspective");
    }
  }

  // ---- secrets ----

  @Test
  void secretsAreInNoTextOfOurs() {
    Credentials credentials = Credentials.password("alice", "sesame");
    assertThat(credentials).hasToString("Password[alice]");
    byte[] response = Md5.response(Md5.ofSecret("sesame"), new byte[16]);
    PresentedCredentials shown =
        new PresentedCredentials.ChallengeResponse("alice", new byte[16], response);
    assertThat(shown).hasToString("ChallengeResponse[alice]");
    assertThat(Credentials.anonymous()).hasToString("Anonymous[]");
    CompletableFuture<RemoteReference> refused = login(Credentials.password("bob", "pa55"), null);
    timer.pass(LoginThrottle.LONGEST_PENALTY);
    pair.pump();
    java.io.StringWriter trace = new java.io.StringWriter();
    refused.handle((value, error) -> error).join().printStackTrace(new java.io.PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("pa55").doesNotContain("sesame");
  }

  @Test
  void aThrottledAddressHoldsUpNobodyElse() {
    MemoryLink elsewhere =
        new MemoryLink(
            Broker.Role.SERVER, BrokerSettings.DEFAULT, Map.of("root", root(ALICE)), "10.1.2.3");
    for (int i = 0; i < 2 * LoginThrottle.SEATS; i++) {
      login(Credentials.password("alice", "wrong"), null);
    }
    BrokerPair other = BrokerPair.of(elsewhere);
    CompletableFuture<RemoteReference> good =
        ClientLogin.login(other.client().root(), Credentials.password("alice", "sesame"), null);
    other.pump();
    assertThat(good).isCompleted();
  }
}
