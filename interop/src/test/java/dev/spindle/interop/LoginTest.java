// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.interop.LoginClient.Answer;
import dev.spindle.interop.LoginServer.Guests;

@AgainstTwisted("Logins")
class LoginTest {
  private static final String REFUSED = "twisted.cred.error.UnauthorizedLogin";

  private final TwistedPeers peers;

  LoginTest(TwistedPeers peers) {
    this.peers = peers;
  }

  private LoginVisit visit(Pairing pairing, Guests guests) throws Exception {
    return LoginVisit.over(peers.wiring(), pairing, peers, guests);
  }

  @Scenario("the right password gives the user's perspective")
  void right(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      assertThat(visit.logIn("a", "alice", "sesame")).startsWith("alice#");
    }
  }

  @Scenario("a wrong password and an unknown name are refused alike; another attempt may follow")
  void wrong(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      Answer wrong = visit.client().logIn("a", "alice", "caraway");
      assertThat(wrong.errorType()).isEqualTo(REFUSED);
      assertThat(wrong.errorParents())
          .containsExactly(
              REFUSED,
              "twisted.cred.error.LoginFailed",
              "twisted.cred.error.Unauthorized",
              "builtins.Exception",
              "builtins.BaseException",
              "builtins.object");
      assertThat(visit.client().logIn("a", "carol", "sesame")).isEqualTo(wrong);
      assertThat(visit.logIn("a", "alice", "sesame")).startsWith("alice#");
    }
  }

  @Scenario("names and passwords beyond ASCII are refused, not misread")
  void beyondAscii(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      assertThat(visit.client().logIn("a", "älice \ud83d\ude80", "sesamé").errorType())
          .isEqualTo(REFUSED);
    }
  }

  @Scenario("anonymous login where it is offered")
  void anonymous(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      assertThat(visit.client().logInAnonymously("a")).isEqualTo(Answer.of("a"));
      assertThat(visit.client().call("a", "whoAmI").value()).startsWith("#");
      assertThat(visit.client().call("a", "askMind", "why?").value()).endsWith("client: why?");
    }
  }

  @Scenario("anonymous login where it is not offered is UnhandledCredentials")
  void notOffered(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.NAMED)) {
      Answer answer = visit.client().logInAnonymously("a");
      assertThat(answer.errorType()).isEqualTo("twisted.cred.error.UnhandledCredentials");
      assertThat(answer.errorParents()).contains("twisted.cred.error.LoginFailed");
      assertThat(visit.logIn("a", "alice", "sesame")).startsWith("alice#");
    }
  }

  @Scenario("two logins on one connection are two perspectives")
  void two(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      String alice = visit.logIn("a", "alice", "sesame");
      String bob = visit.logIn("b", "bob", "caraway");
      String again = visit.logIn("c", "alice", "sesame");
      assertThat(bob).startsWith("bob#");
      assertThat(again).startsWith("alice#").isNotEqualTo(alice);
      assertThat(visit.client().call("a", "whoAmI").value()).isEqualTo(alice);
    }
  }

  @Scenario("the server calls the client's mind")
  void mind(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      visit.logIn("a", "alice", "sesame");
      assertThat(visit.client().call("a", "askMind", "why?").value())
          .startsWith("mind of a " + (pairing.javaListens ? "Twisted" : "Java"))
          .endsWith("client: why?");
    }
  }

  @Scenario("a perspective without the method answers AttributeError")
  void noSuchMethod(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      visit.logIn("a", "alice", "sesame");
      assertThat(visit.client().call("a", "nothing").errorType())
          .isEqualTo("builtins.AttributeError");
    }
  }

  @Scenario("letting go of a perspective logs it out, once, and no other")
  void letGo(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      String alice = visit.logIn("a", "alice", "sesame");
      String bob = visit.logIn("b", "bob", "caraway");
      visit.client().letGo("a");
      visit.awaitLeft(alice);
      assertThat(visit.client().call("b", "whoAmI").value()).isEqualTo(bob);
      assertThat(visit.left().get()).doesNotContain(bob);
    }
  }

  @Scenario("the end of the connection logs every perspective out, once")
  void hangUp(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      String alice = visit.logIn("a", "alice", "sesame");
      String bob = visit.logIn("b", "bob", "caraway");
      visit.client().hangUp();
      visit.awaitLeft(alice);
      visit.awaitLeft(bob);
    }
  }

  @Scenario("everybody has their own view of an object, the same whenever they ask")
  void views(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      String alice = visit.logIn("a", "alice", "sesame");
      String bob = visit.logIn("b", "bob", "caraway");
      visit.client().callAndKeep("a", "panel", "panel of a");
      visit.client().callAndKeep("b", "panel", "panel of b");
      visit.client().callAndKeep("a", "panel", "panel of a again");
      assertThat(visit.client().isSame("panel of a", "panel of a again")).isTrue();
      assertThat(visit.client().isSame("panel of a", "panel of b")).isFalse();
      assertThat(visit.client().call("panel of a", "who", 1).value()).isEqualTo(alice + " 1");
      assertThat(visit.client().call("panel of b", "who", 2).value()).isEqualTo(bob + " 2");
      assertThat(visit.client().call("panel of a", "nothing").errorType())
          .isEqualTo("builtins.AttributeError");
    }
  }

  @Scenario("a view that is sent home is the object and who sees it")
  void viewsGoHome(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      visit.logIn("a", "alice", "sesame");
      visit.logIn("b", "bob", "caraway");
      visit.client().callAndKeep("a", "panel", "panel");
      assertThat(visit.client().callWith("a", "isPanel", "panel").value())
          .isEqualToIgnoringCase("true");
      assertThat(visit.client().callWith("b", "isPanel", "panel").value())
          .isEqualToIgnoringCase("false");
    }
  }

  @Scenario("the state of a copy is for whoever asks")
  void copies(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      String alice = visit.logIn("a", "alice", "sesame");
      String bob = visit.logIn("b", "bob", "caraway");
      assertThat(visit.client().call("a", "secret").value()).isEqualTo("for " + alice);
      assertThat(visit.client().call("b", "secret").value()).isEqualTo("for " + bob);
    }
  }

  @Scenario("a reference given to a perspective is called on its behalf")
  void references(Pairing pairing) throws Exception {
    try (LoginVisit visit = visit(pairing, Guests.ANONYMOUS)) {
      String alice = visit.logIn("a", "alice", "sesame");
      String bob = visit.logIn("b", "bob", "caraway");
      assertThat(visit.client().listen("a").value())
          .isEqualTo("for " + alice + ", " + alice + " 7");
      assertThat(visit.client().listen("b").value()).isEqualTo("for " + bob + ", " + bob + " 7");
    }
  }
}
