// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import static dev.spindle.pb.vectors.WireForms.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.LogRecorder;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.RawPeer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's side of a login, against a client played by hand. Section 12.2. */
class LoginRootTest {
  private static final CredentialChecker ALICE = PasswordChecker.of(Map.of("alice", "sesame"));

  private final DrivenTimer timer = new DrivenTimer();

  private LoginRoot root(CredentialChecker... checkers) {
    return rootOf(login -> CompletableFuture.completedFuture(Avatar.of(new Object())), checkers);
  }

  private LoginRoot rootOf(Realm realm, CredentialChecker... checkers) {
    return new LoginRoot(
        Portal.of(realm, checkers), new LoginThrottle(timer), new SecureRandom(), () -> {});
  }

  /** The vector of the reference, section 12.2. */
  @Test
  void theResponseIsTheDigestOfTheSecretsDigestAndTheChallenge() {
    byte[] challenge = HexFormat.of().parseHex("812704089bc53e012059bafb06a5c9d2");
    byte[] secret = Md5.ofSecret("sesame");
    assertThat(HexFormat.of().formatHex(secret)).isEqualTo("c8dae1c50e092f3d877192fc555b1dcf");
    byte[] response = Md5.response(secret, challenge);
    assertThat(HexFormat.of().formatHex(response)).isEqualTo("f60dc1ae903a5e0da2c84c1ff0e16d70");
    PresentedCredentials.ChallengeResponse shown =
        new PresentedCredentials.ChallengeResponse("alice", challenge, response);
    assertThat(shown.matches(secret)).isTrue();
    assertThat(shown.matches(Md5.ofSecret("Sesame"))).isFalse();
  }

  @Test
  void theNameMayBeTextAndEveryChallengeIsAnother() {
    RawPeer peer = RawPeer.ofServer(root(ALICE));
    peer.says(
        "[message 1 root login 1 [tuple alice] [dictionary]]",
        "[message 2 root login 1 [tuple u\"alice\"] [dictionary]]",
        "[message 3 root login 1 [tuple nobody] [dictionary]]");
    List<String> heard = peer.heard();
    assertThat(heard)
        .allMatch(
            answer ->
                answer.matches(
                    "\\[answer \\d \\[tuple (0x[0-9a-f]{32}|\".*\"|\\w+) \\[remote \\d\\]\\]\\]"));
    assertThat(heard.stream().map(a -> a.replaceAll(".*tuple ", ""))).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "[None]", "[list alice]", "[reference 1 [list [list [dereference 1]]]]"})
  @Timeout(10)
  void aNameThatIsNoNameIsRefused(String name) {
    RawPeer peer = RawPeer.ofServer(root(ALICE));
    peer.says("[message 1 root login 1 [tuple " + name + "] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[error 1 !builtins.TypeError: login() takes a name of at most 1024 bytes]");
  }

  /** To write it out as text would take for ever. */
  @Test
  @Timeout(20)
  void aNameWithoutEndIsRefusedBeforeItIsLookedAt() {
    StringBuilder name = new StringBuilder("[reference 0 [list 1]]");
    for (int i = 1; i <= 60; i++) {
      name.insert(0, "[reference " + i + " [list ").append(" [dereference " + (i - 1) + "]]]");
    }
    RawPeer peer = RawPeer.ofServer(root(ALICE));
    peer.says("[message 1 root login 1 [tuple " + name + "] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().contains("login() takes a name");
  }

  @Test
  void aNameMayBeAsLongAsTheLimit() {
    RawPeer peer = RawPeer.ofServer(root(ALICE));
    String longest = "n".repeat(LoginRoot.MAX_NAME_BYTES);
    peer.says("[message 1 root login 1 [tuple " + longest + "] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().startsWith("[answer 1 ");
    peer.says("[message 2 root login 1 [tuple " + longest + "n] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().contains("at most 1024 bytes");
    String wide = "ö".repeat(LoginRoot.MAX_NAME_BYTES / 2 + 1);
    peer.says("[message 3 root login 1 [tuple u\"" + wide + "\"] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().contains("at most 1024 bytes");
  }

  /** As to Twisted: a name like any other, which nobody has. */
  @Test
  void aNameThatIsNoTextGetsItsChallengeAndIsRefused() {
    RawPeer peer = RawPeer.ofServer(root(ALICE));
    Object name = list("tuple", ByteString.copyOf(new byte[] {(byte) 0xff}));
    peer.saysExpression(list("message", 1, "root", "login", 1, name, list("dictionary")));
    assertThat(peer.heard()).singleElement().asString().startsWith("[answer 1 [tuple ");
    peer.says("[message 2 1 respond 1 [tuple guess [None]] [dictionary]]");
    timer.pass(LoginThrottle.FIRST_PENALTY);
    assertThat(peer.heard()).containsExactly("[error 2 !twisted.cred.error.UnauthorizedLogin: ]");
  }

  @Test
  void theChallengerTakesItsAnswerAlthoughItWasLetGo() {
    RawPeer peer = RawPeer.ofServer(root(ALICE));
    peer.says("[message 1 root login 1 [tuple alice] [dictionary]]");
    peer.heard();
    peer.says("[message 2 1 respond 1 [tuple guess [None]] [dictionary]]", "[decref 1]");
    timer.pass(LoginThrottle.FIRST_PENALTY);
    assertThat(peer.heard()).containsExactly("[error 2 !twisted.cred.error.UnauthorizedLogin: ]");
    assertThat(peer.broker().referenceCounts().exported()).as("the root alone").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"u\"text\" [None]", "5 [None]", "guess u\"mind\"", ""})
  void aResponseOfAnotherShapeIsATypeError(String args) {
    RawPeer peer = RawPeer.ofServer(root(ALICE));
    peer.says("[message 1 root login 1 [tuple alice] [dictionary]]");
    peer.heard();
    peer.says("[message 2 1 respond 1 [tuple " + args + "] [dictionary]]");
    assertThat(peer.heard())
        .singleElement()
        .asString()
        .startsWith("[error 2 !builtins.TypeError: respond() ");
  }

  // ---- faults of checkers and realms ----

  private List<String> anonymous(LoginRoot root) {
    RawPeer peer = RawPeer.ofServer(root);
    peer.says("[message 1 root loginAnonymous 1 [tuple [None]] [dictionary]]");
    timer.pass(LoginThrottle.FIRST_PENALTY);
    return peer.heard();
  }

  /** Whoever wants in hears nothing of it, and the log has all. */
  private void assertInternal(LoginRoot root, String cause) {
    try (LogRecorder log = LogRecorder.of(InternalFault.class)) {
      assertThat(anonymous(root))
          .containsExactly("[error 1 !builtins.RuntimeError: the login failed: internal error]");
      assertThat(log.warnings()).singleElement().asString().startsWith("a login failed: ");
      assertThat(log.events().get(0).getThrowableProxy().getMessage()).contains(cause);
    }
  }

  @Test
  void aRealmWithoutAnAvatarIsAnInternalError() {
    CredentialChecker anybody = new AnonymousChecker();
    String cause = "the realm gave no avatar for ''";
    assertInternal(rootOf(login -> null, anybody), cause);
    assertInternal(rootOf(login -> CompletableFuture.completedFuture(null), anybody), cause);
    Realm empty = login -> CompletableFuture.completedFuture(Avatar.of(null));
    assertInternal(rootOf(empty, anybody), cause);
  }

  @Test
  void aCheckerThatGivesNothingIsAnInternalError() {
    assertInternal(root(shown -> null), "gave null");
    assertInternal(
        root(shown -> Optional.of(CompletableFuture.completedFuture(null))),
        "the checker gave no avatar id");
  }

  @Test
  void whatACheckerStumblesOverIsNotToldToStrangers() {
    String secret = "no table members in db.farm.example";
    CredentialChecker broken =
        shown -> {
          throw new IllegalStateException(secret);
        };
    assertInternal(root(broken), secret);
    CredentialChecker later =
        shown ->
            Optional.of(
                CompletableFuture.supplyAsync(() -> broken.check(shown), Runnable::run)
                    .thenApply(none -> ""));
    assertInternal(root(later), secret);
    CredentialChecker telling =
        shown ->
            Optional.of(CompletableFuture.failedFuture(new PbError("farm.Full", "come later")));
    assertThat(anonymous(root(telling))).containsExactly("[error 1 !farm.Full: come later]");
  }
}
