// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.UnsendableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our copies of objects of the other side. Section 11.2 of the reference. */
class CacheImportsTest {
  private static final BrokerSettings SETTINGS = BrokerSettings.DEFAULT.withTypes(PondCopy.TYPES);
  private static final String FIRST =
      "[samples.Pond 1 [dictionary [u\"ducks\" [list u\"mallard\"]]]]";

  private final List<@Nullable Object> given = new ArrayList<>();

  private final class Desk implements Referenceable {
    @Exposed
    void take(Object... values) {
      given.addAll(List.of(values));
    }

    @Exposed
    Object echo(Object value) {
      return value;
    }

    @Exposed
    int count(Cached pond) {
      return pond.get(PondCopy.class).ducks.size();
    }
  }

  private final RawPeer peer = RawPeer.ofServer(new Desk(), SETTINGS);
  private int requests;

  private List<String> gives(String... values) {
    for (String value : values) {
      peer.says("[message " + ++requests + " root take 1 [tuple " + value + "] [dictionary]]");
    }
    return peer.heard().stream().filter(m -> !m.matches("\\[answer \\d+ \\[None]]")).toList();
  }

  private Cached given(int index) {
    return (Cached) java.util.Objects.requireNonNull(given.get(index));
  }

  private int kept() {
    return peer.broker().cacheCounts().imported();
  }

  @Test
  void itGetsItsStateAndThenWhateverChanges() {
    assertThat(gives(FIRST)).isEmpty();
    PondCopy pond = given(0).get(PondCopy.class);
    assertThat(pond.ducks).containsExactly("mallard");
    peer.says(
        "[cachemessage 8 1 added 1 [tuple u\"teal\"] [dictionary]]",
        "[cachemessage 9 1 added 0 [tuple] [dictionary [u\"duck\" u\"wigeon\"]]]");
    assertThat(peer.heard()).containsExactly("[answer 8 2]");
    assertThat(pond.ducks).containsExactly("mallard", "teal", "wigeon");
  }

  @Test
  void itIsOneWhereverItIsMentioned() {
    gives("[list [reference 1 " + FIRST + "] [dereference 1]]", "[cached 1]");
    List<?> both = (List<?>) java.util.Objects.requireNonNull(given.get(0));
    assertThat(both.get(0)).isSameAs(both.get(1)).isSameAs(given.get(1));
    assertThat(kept()).isOne();
  }

  @Test
  void itMayHoldItself() {
    gives(
        "[reference 1 [samples.Pond 1 [dictionary [u\"ducks\" [list]] [u\"self\" [dereference"
            + " 1]]]]]");
    assertThat(given(0).get(PondCopy.class).self).isSameAs(given(0));
  }

  @Test
  void itGoesHomeByItsNumber() {
    gives(FIRST);
    peer.says("[message 5 root echo 1 [tuple [cached 1]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 5 [lcache 1]]");
    RawPeer other = RawPeer.ofClient();
    CompletableFuture<@Nullable Object> call = other.broker().root().call("take", given(0));
    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(UnsendableException.class)
        .hasMessageContaining("belongs to another connection");
  }

  @Test
  void eachOccurrenceIsPaidBackOnClose() {
    gives(FIRST, "[cached 1]", "[list [cached 1] [cached 1]]");
    Cached pond = given(0);
    assertThat(pond.isLive()).isTrue();
    pond.close();
    pond.close();
    assertThat(peer.heard())
        .containsExactly("[decache 1]", "[decache 1]", "[decache 1]", "[decache 1]");
    assertThat(pond.isLive()).isFalse();
    CompletableFuture<@Nullable Object> call = peer.broker().root().call("take", pond);
    assertThatThrownBy(call::join).hasMessageContaining("was let go");
  }

  @Test
  void aCallMadeJustBeforeItIsClosedStillNamesIt() {
    gives(FIRST);
    Cached pond = given(0);
    CompletableFuture.runAsync(
            () -> {
              peer.broker().root().call("take", pond);
              pond.close();
            })
        .join();
    assertThat(peer.heard())
        .containsExactly("[message 1 root take 1 [tuple [lcache 1]] [dictionary]]", "[decache 1]");
  }

  @Test
  void oneThatItsOwnerHasEndedCannotBeSentHome() {
    gives(FIRST);
    peer.says("[uncache 1]");
    CompletableFuture<@Nullable Object> call = peer.broker().root().call("take", given(0));
    assertThatThrownBy(call::join).hasMessageContaining("was let go");
  }

  @Test
  void whatIsForgottenIsPaidBackByTheCollector() {
    gives(FIRST, "[cached 1]", "[samples.Pond 2 [dictionary [u\"ducks\" [list]]]]");
    given.clear();
    Garbage.awaitHearing(peer, List.of("[decache 1]", "[decache 1]", "[decache 2]"));
    assertThat(kept()).as("until the owner ends them").isEqualTo(2);
    peer.says("[uncache 1]", "[uncache 2]");
    assertThat(kept()).isZero();
  }

  /** Updates and mentions may be under way when it lets go. */
  @Test
  void untilItsEndItCanBeUpdatedAndMentioned() {
    gives(FIRST);
    PondCopy pond = given(0).get(PondCopy.class);
    given(0).close();
    assertThat(peer.heard()).containsExactly("[decache 1]");
    peer.says("[cachemessage 8 1 added 1 [tuple u\"teal\"] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 8 2]");
    gives("[cached 1]");
    assertThat(given(1)).isNotSameAs(given(0));
    assertThat(given(1).get(PondCopy.class)).isSameAs(pond);
    assertThat(given(1).isLive()).isTrue();
    given(1).close();
    assertThat(peer.heard()).containsExactly("[decache 1]");
    peer.says("[cachemessage 9 1 farewell 0 [tuple] [dictionary]]", "[uncache 1]");
    assertThat(pond.farewells).isOne();
    assertThat(kept()).isZero();
  }

  @Test
  void afterItsEndItIsUnknownAndMayStartOver() {
    gives(FIRST);
    peer.says("[uncache 1]", "[cachemessage 8 1 added 1 [tuple u\"teal\"] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[error 8 !builtins.KeyError: 1]");
    assertThat(given(0).isLive()).isFalse();
    given(0).close();
    assertThat(peer.heard()).as("nothing is owed any more").isEmpty();
    assertThat(gives("[cached 1]")).singleElement().asString().contains("builtins.KeyError: 1");
    gives("[samples.Pond 2 [dictionary [u\"ducks\" [list]]]]");
    assertThat(given(1).get(PondCopy.class).ducks).isEmpty();
    peer.says("[uncache 1]");
    assertThat(peer.end()).isEqualTo("\"uncache\" of an unknown cache 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[uncache 5]", "[uncache root]", "[uncache 2]", "[decache 1]"})
  void whatEndsOrPaysSomethingElseCostsTheConnection(String message) {
    gives(FIRST, "[remote 5]");
    peer.says(message);
    assertThat(peer.end()).contains("of an unknown cache");
    assertThat(given(0).isLive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "absent 1 [tuple] [dictionary]|AttributeError: 'PondCopy' object has no attribute"
            + " 'observe_absent'",
        "setState 1 [tuple 1] [dictionary]|'observe_setState'",
        "added 1 [tuple] [dictionary]|TypeError: added() misses the argument 'duck'",
        "added 1 [tuple] [dictionary [duck 1]]|TypeError: the name of a keyword argument must be",
        "added 1 [tuple [frobnicate]] [dictionary]|InsecureJelly: b'frobnicate'",
      })
  void anUpdateThatCannotBeMadeIsAnError(String update) {
    gives(FIRST);
    String[] parts = update.split("\\|");
    peer.says("[cachemessage 8 1 " + parts[0] + "]");
    assertThat(peer.heard()).singleElement().asString().contains(parts[1]);
    assertThat(given(0).isLive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[samples.Pond]|IndexError",
        "[samples.Pond 1]|IndexError",
        "[samples.Pond x [dictionary]]|TypeError",
        "[samples.Pond 1 7]|ValueError: a cache of \"samples.Pond\"",
        "[list " + FIRST + " " + FIRST + "]|ValueError: cache 1 is sent a second time",
      })
  void oneThatIsMalformedCostsTheCall(String value) {
    String[] parts = value.split("\\|");
    assertThat(gives(parts[0])).anyMatch(message -> message.contains(parts[1]));
    assertThat(given).isEmpty();
    assertThat(peer.end()).isNull();
  }

  @Test
  void aClassThatIsNotTheCopysIsNamed() {
    gives(FIRST);
    assertThatThrownBy(() -> given(0).get(String.class))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("PondCopy");
    assertThat(given(0)).hasToString("Cached[1 at " + peer.link().remoteAddress() + "]");
    assertThat(given(0).connection()).isSameAs(peer.broker());
  }

  @Test
  void aParameterMayBeOne() {
    peer.says(
        "[message 1 root count 1 [tuple " + FIRST + "] [dictionary]]",
        "[message 2 root count 1 [tuple 1] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[answer 1 1]",
            "[error 2 !builtins.TypeError: count() argument 'pond' must be a cache, not int]");
  }

  @Test
  void asManyAreKeptAsTheLimit() {
    RawPeer small = RawPeer.ofServer(new Desk(), SETTINGS.withMaxReferences(1));
    String state = "[dictionary [u\"ducks\" [list]]]";
    small.says(
        "[message 1 root take 1 [tuple [samples.Pond 1 " + state + "]] [dictionary]]",
        "[message 2 root take 1 [tuple [samples.Pond 2 " + state + "]] [dictionary]]",
        "[message 3 root take 1 [tuple [samples.Pond 3 " + state + "]] [dictionary]]");
    assertThat(small.heard())
        .last()
        .isEqualTo("[error 3 !builtins.ValueError: more than 1 caches at once]");
    assertThat(small.broker().cacheCounts().imported()).isEqualTo(2);
    small.says(
        "[uncache 1]",
        "[message 4 root take 1 [tuple [samples.Pond 4 " + state + "]] [dictionary]]");
    assertThat(small.heard()).containsExactly("[answer 4 [None]]");
  }

  @Test
  void theEndOfTheConnectionLeavesTheCopyAsItIs() {
    gives(FIRST);
    peer.link().disconnect("cut");
    assertThat(given(0).isLive()).isFalse();
    assertThat(given(0).get(PondCopy.class).ducks).containsExactly("mallard");
    assertThat(kept()).isZero();
  }
}
