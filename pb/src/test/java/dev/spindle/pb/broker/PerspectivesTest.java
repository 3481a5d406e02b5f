// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.types.Types;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asking, and what they may see. Section 11.3 of the reference. */
class PerspectivesTest {

  /** A game that each player sees otherwise. */
  private static final class Game implements Viewable {
    @Nullable Object given;

    @Exposed
    String fire(@Caller Player player, int column) {
      return player.name + " fires at " + column;
    }

    @Exposed
    String watch(@Caller Optional<Player> player) {
      return player.map(p -> p.name).orElse("nobody");
    }

    @Exposed
    String rules() {
      return "none";
    }

    @Exposed
    Game self() {
      return this;
    }

    @Exposed
    CompletableFuture<?> tell(RemoteReference listener) {
      given = listener;
      return listener.call("hear", new Secret("g"), this);
    }
  }

  private record Secret(String text) {}

  private final Game game = new Game();
  private final Pond pond = new Pond();
  private @Nullable Object given;

  private final class Player implements Referenceable {
    final String name;
    @Nullable RemoteReference kept;

    Player(String name) {
      this.name = name;
    }

    @Exposed
    Game game() {
      return game;
    }

    @Exposed
    Object both() {
      return List.of(game, game);
    }

    @Exposed
    CompletableFuture<Object> later() {
      return later;
    }

    @Exposed
    Secret secret() {
      return new Secret("s");
    }

    @Exposed
    Pond pond() {
      return pond;
    }

    @Exposed
    List<Object> isGame(View view) {
      given = view;
      return List.of(view.viewable() == game, view.perspective().orElseThrow() == this);
    }

    @Exposed
    View giveBack(View view) {
      return view;
    }

    @Exposed
    void keep(RemoteReference reference) {
      given = reference;
    }

    @Exposed
    void keepMyself(RemoteReference reference) {
      kept = reference;
    }

    @Exposed
    boolean isMe(@Caller Player player) {
      return player == this;
    }
  }

  private final CompletableFuture<Object> later = new CompletableFuture<>();
  private final Player ada = new Player("ada");
  private final Player bob = new Player("bob");

  private final class Root implements Referenceable {
    @Exposed
    Exposure ada() {
      return new Exposure(ada, Exposure.Kind.PERSPECTIVE, () -> {});
    }

    @Exposed
    Exposure guest() {
      return new Exposure(new Player("guest"), Exposure.Kind.PERSPECTIVE, () -> {});
    }

    @Exposed
    Exposure bob() {
      return new Exposure(bob, Exposure.Kind.PERSPECTIVE, () -> {});
    }

    @Exposed
    Game game() {
      return game;
    }

    @Exposed
    Secret secret() {
      return new Secret("s");
    }

    @Exposed
    View adas() {
      return View.of(game, ada);
    }

    @Exposed
    String who(@Caller Optional<Player> player) {
      return player.map(p -> p.name).orElse("nobody");
    }

    @Exposed
    String player(@Caller Player player) {
      return player.name;
    }

    @Exposed
    boolean isSame(RemoteReference reference) {
      return reference == given;
    }

    @Exposed
    void keep(RemoteReference reference) {
      given = reference;
    }
  }

  private static final Types TYPES =
      Types.builder()
          .sendsFor(
              Secret.class,
              "Secret",
              (secret, whom) ->
                  whom.map(p -> ((Player) p).name + " may see " + secret.text()).orElse("hidden"))
          .build();

  private final RawPeer peer =
      RawPeer.ofServer(new Root(), BrokerSettings.DEFAULT.withTypes(TYPES));

  /** Ada is 1 and Bob is 2. */
  private RawPeer loggedIn() {
    asks("root ada", "root bob");
    return peer;
  }

  private List<String> asks(String... calls) {
    for (String call : calls) {
      String arguments = call.contains("[") ? "" : " 1 [tuple] [dictionary]";
      peer.says("[message 5 " + call + arguments + "]");
    }
    return peer.heard();
  }

  @Test
  void anObjectIsAViewForWhoeverAsks() {
    loggedIn();
    assertThat(asks("1 game", "2 game", "1 game", "root game", "1 both"))
        .containsExactly(
            "[answer 5 [remote 3]]",
            "[answer 5 [remote 4]]",
            "[answer 5 [remote 3]]",
            "[answer 5 [remote 5]]",
            "[answer 5 [list [remote 3] [remote 3]]]");
    assertThat(
            asks(
                "3 fire 1 [tuple 7] [dictionary]",
                "4 fire 1 [tuple] [dictionary [u\"column\" 8]]",
                "3 watch",
                "5 watch",
                "3 rules"))
        .containsExactly(
            "[answer 5 u\"ada fires at 7\"]",
            "[answer 5 u\"bob fires at 8\"]",
            "[answer 5 u\"ada\"]",
            "[answer 5 u\"nobody\"]",
            "[answer 5 u\"none\"]");
  }

  @Test
  void itIsCountedAndForgottenAsAnyReference() {
    loggedIn();
    asks("1 game", "1 game");
    peer.says("[decref 3]");
    assertThat(asks("3 rules")).containsExactly("[answer 5 u\"none\"]");
    peer.says("[decref 3]");
    assertThat(asks("3 rules", "1 game"))
        .containsExactly(
            "[error 5 !twisted.spread.pb.Error: Invalid Object ID]", "[answer 5 [remote 4]]");
    assertThat(peer.broker().referenceCounts().exported()).isEqualTo(4);
    peer.link().disconnect("cut");
    assertThat(peer.broker().referenceCounts().exported()).isZero();
  }

  @Test
  void aViewComesHomeAsItself() {
    loggedIn();
    asks("1 game");
    assertThat(
            asks(
                "1 isGame 1 [tuple [local 3]] [dictionary]",
                "2 giveBack 1 [tuple [local 3]] [dictionary]",
                "root adas"))
        .containsExactly(
            "[answer 5 [list [boolean true] [boolean true]]]",
            "[answer 5 [remote 3]]",
            "[answer 5 [remote 3]]");
    View view = (View) Objects.requireNonNull(given);
    assertThat(view).isEqualTo(View.of(game, ada)).hasSameHashCodeAs(View.of(game, ada));
    assertThat(view).isNotEqualTo(View.of(game, bob)).isNotEqualTo(View.of(new Game(), ada));
    assertThat(view.toString()).contains("View[", "Game", "Player");
  }

  @Test
  void whatAViewAnswersIsForItsPerspective() {
    loggedIn();
    assertThat(asks("1 game", "3 self")).last().isEqualTo("[answer 5 [remote 3]]");
  }

  @Test
  void aStateIsForWhoeverAsks() {
    loggedIn();
    assertThat(asks("1 secret", "root secret", "2 secret"))
        .containsExactly(
            "[answer 5 [Secret u\"ada may see s\"]]",
            "[answer 5 [Secret u\"hidden\"]]",
            "[answer 5 [Secret u\"bob may see s\"]]");
    asks("1 later", "root secret");
    later.complete(new Secret("l"));
    assertThat(peer.heard()).containsExactly("[answer 5 [Secret u\"ada may see l\"]]");
  }

  @Test
  void eachPerspectiveHasItsOwnCopyOfACache() {
    loggedIn();
    assertThat(asks("1 pond", "2 pond", "1 pond"))
        .containsExactly(
            "[answer 5 [samples.Pond 3 [dictionary [u\"ducks\" [list]]]]]",
            "[answer 5 [samples.Pond 4 [dictionary [u\"ducks\" [list]]]]]",
            "[answer 5 [cached 3]]");
    assertThat(pond.observers.stream().map(o -> o.perspective().orElseThrow()))
        .containsExactly(ada, bob);
    pond.observers.get(1).send("show", new Secret("u"), game);
    assertThat(peer.heard())
        .containsExactly(
            "[cachemessage 1 4 show 0 [tuple [Secret u\"bob may see u\"] [remote 5]]"
                + " [dictionary]]");
    peer.says("[message 5 root isSame 1 [tuple [lcache 3]] [dictionary]]", "[decache 4]");
    assertThat(pond.observers).extracting(o -> o.perspective().orElseThrow()).containsExactly(ada);
  }

  @Test
  void aReferenceRemembersForWhomItWasReceived() {
    loggedIn();
    asks("1 keep 1 [tuple [remote 9]] [dictionary]");
    RemoteReference adas = (RemoteReference) Objects.requireNonNull(given);
    adas.call("hear", new Secret("a"), game);
    assertThat(peer.heard())
        .containsExactly(
            "[message 1 9 hear 1 [tuple [Secret u\"ada may see a\"] [remote 3]] [dictionary]]");
    asks("2 keep 1 [tuple [remote 9]] [dictionary]");
    ((RemoteReference) given).call("hear", new Secret("b"));
    assertThat(peer.heard()).singleElement().asString().contains("bob may see b");
    asks("root keep 1 [tuple [remote 9]] [dictionary]");
    ((RemoteReference) given).call("hear", new Secret("c"));
    assertThat(peer.heard()).singleElement().asString().contains("hidden");
    adas.call("hear", new Secret("d"));
    assertThat(peer.heard()).singleElement().asString().contains("ada may see d");
  }

  @Test
  void soDoesOneThatAViewReceived() {
    loggedIn();
    asks("2 game");
    assertThat(asks("3 tell 1 [tuple [remote 9]] [dictionary]"))
        .containsExactly(
            "[message 1 9 hear 1 [tuple [Secret u\"bob may see g\"] [remote 3]] [dictionary]]");
  }

  /** One of several perspectives lets go; what the others hold stays the same. */
  @Test
  void eachPerspectiveHoldsForItself() {
    loggedIn();
    asks("1 keep 1 [tuple [remote 9]] [dictionary]");
    RemoteReference adas = (RemoteReference) Objects.requireNonNull(given);
    asks("2 keep 1 [tuple [remote 9]] [dictionary]", "root keep 1 [tuple [remote 9]] [dictionary]");
    asks("root keep 1 [tuple [remote 9]] [dictionary]");
    assertThat(adas).isNotSameAs(given);
    adas.close();
    assertThat(peer.heard()).containsExactly("[decref 9]");
    assertThat(asks("root isSame 1 [tuple [remote 9]] [dictionary]"))
        .containsExactly("[answer 5 [boolean true]]");
    ((RemoteReference) given).close();
    assertThat(peer.heard()).containsExactly("[decref 9]", "[decref 9]", "[decref 9]");
    given = null;
    Garbage.awaitHearing(peer, List.of("[decref 9]"));
    assertThat(peer.broker().referenceCounts().imported()).isZero();
  }

  @Test
  void aPerspectiveThatKeepsWhatItReceivedIsNoLeak() {
    asks("root guest", "1 keepMyself 1 [tuple [remote 9]] [dictionary]");
    peer.says("[decref 1]");
    Garbage.awaitHearing(peer, List.of("[decref 9]"));
  }

  @Test
  void aMethodMayAskWhoCallsIt() {
    loggedIn();
    assertThat(asks("1 isMe", "root who", "root player"))
        .containsExactly(
            "[answer 5 [boolean true]]",
            "[answer 5 u\"nobody\"]",
            "[error 5 !builtins.TypeError: player() must be called through a Player, and not"
                + " without a perspective]");
  }

  @Test
  void aPerspectiveOfAnotherTypeIsRefused() {
    RawPeer other =
        RawPeer.ofServer(
            new Referenceable() {
              @Exposed
              View view() {
                return View.of(game, Map.of());
              }
            });
    other.says(
        "[message 1 root view 1 [tuple] [dictionary]]",
        "[message 2 1 fire 1 [tuple 1] [dictionary]]",
        "[message 3 1 watch 1 [tuple] [dictionary]]");
    assertThat(other.heard())
        .filteredOn(message -> message.startsWith("[error"))
        .hasSize(2)
        .allMatch(m -> m.contains("() must be called through a Player, not through a MapN"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 absent 1 [tuple] [dictionary]|AttributeError: 'Game' object has no attribute"
            + " 'view_absent'",
        "1 absent 1 [tuple] [dictionary]|AttributeError: 'Player' object has no attribute"
            + " 'perspective_absent'",
        "root absent 1 [tuple] [dictionary]|NoSuchMethod: No such method: remote_absent",
        "3 fire 1 [tuple] [dictionary [column 7]]|TypeError: the name of a keyword argument",
        "1 isGame 1 [tuple] [dictionary [view 7]]|TypeError: the name of a keyword argument",
        "root keep 1 [tuple] [dictionary [reference 7]]|TypeError: keep() argument 'reference'",
        "3 fire 1 [tuple 1 2] [dictionary]|TypeError: fire() takes 1 positional argument (column)",
      })
  void whatCannotBeCalledIsAnError(String call) {
    loggedIn();
    asks("1 game");
    String[] parts = call.split("\\|");
    assertThat(asks(parts[0])).singleElement().asString().contains(parts[1]);
  }

  @Test
  void whoIsMissingHasTheRightArticle() {
    RawPeer other =
        RawPeer.ofServer(
            new Referenceable() {
              @Exposed
              void only(@Caller Integer caller) {}
            });
    other.says("[message 1 root only 1 [tuple] [dictionary]]");
    assertThat(other.heard()).singleElement().asString().contains("called through an Integer, and");
  }
}
