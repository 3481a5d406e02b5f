// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.interop.Garden.Pond;
import dev.spindle.interop.Garden.PondCopy;
import dev.spindle.pb.broker.CacheCounts;
import dev.spindle.pb.broker.Cached;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

@AgainstTwisted("Caches")
class CachesTest {
  private static final CacheCounts NONE = new CacheCounts(0, 0);

  private final TwistedPeers peers;

  CachesTest(TwistedPeers peers) {
    this.peers = peers;
  }

  /** A meeting, and Twisted's garden. */
  private record Visit(Meeting meeting, RemoteReference garden) implements AutoCloseable {
    @Nullable Object call(String method, @Nullable Object... args) {
      return Meeting.await(garden.call(method, args));
    }

    Cached pond() {
      return (Cached) Objects.requireNonNull(call("pond"));
    }

    void awaitNone() {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(call("observers")).isEqualTo(0L);
                assertThat(meeting.broker().cacheCounts()).isEqualTo(NONE);
              });
    }

    @Override
    public void close() throws Exception {
      meeting.close();
    }
  }

  private Visit visit(Pairing pairing) throws Exception {
    Meeting meeting = peers.meet(pairing);
    return new Visit(meeting, (RemoteReference) Objects.requireNonNull(meeting.call("garden")));
  }

  private static PondCopy copyIn(Cached cached) {
    return cached.get(PondCopy.class);
  }

  @Scenario("Twisted keeps a copy of Java's object up to date, until it drops it")
  void twistedKeeps(Pairing pairing) throws Exception {
    try (Visit visit = visit(pairing)) {
      Pond pond = new Pond();
      visit.call("farewells");
      visit.call("keep", pond);
      assertThat(visit.call("ducks")).isEqualTo(List.of("mallard"));
      assertThat(Meeting.await(pond.add("teal"))).isEqualTo(List.of(2L));
      pond.add("wigeon");
      assertThat(visit.call("ducks")).isEqualTo(List.of("mallard", "teal", "wigeon"));
      visit.call("keep", pond);
      assertThat(visit.call("giveBack")).isSameAs(pond);
      assertThat(pond.observers()).isOne();
      visit.call("drop");
      visit.awaitNone();
      assertThat(pond.observers()).isZero();
      assertThat(visit.call("farewells")).as("its last words").isEqualTo(1L);
      visit.call("keep", pond);
      assertThat(visit.call("ducks")).as("it starts over").isEqualTo(pond.ducks());
    }
  }

  @Scenario("Java keeps a copy of Twisted's object up to date, until it is closed")
  void javaKeeps(Pairing pairing) throws Exception {
    try (Visit visit = visit(pairing)) {
      Cached pond = visit.pond();
      assertThat(copyIn(pond).ducks()).containsExactly("mallard");
      assertThat(visit.call("add", "teal")).isEqualTo(List.of(2L));
      assertThat(copyIn(pond).ducks()).containsExactly("mallard", "teal");
      assertThat(visit.pond()).isSameAs(pond);
      assertThat(visit.call("two")).isEqualTo(List.of(pond, pond));
      assertThat(visit.call("isPond", pond)).isEqualTo(true);
      pond.close();
      visit.awaitNone();
      assertThat(copyIn(pond).farewells()).as("its last words").isOne();
      Cached again = visit.pond();
      assertThat(copyIn(again)).isNotSameAs(copyIn(pond));
      assertThat(copyIn(again).ducks()).containsExactly("mallard", "teal");
    }
  }

  @Scenario("a copy that Java only forgets is let go of")
  void forgotten(Pairing pairing) throws Exception {
    try (Visit visit = visit(pairing)) {
      visit.pond();
      visit.call("add", "teal");
      visit.awaitNone();
    }
  }

  @Scenario("the state of a copy may hold the copy")
  void holdsItself(Pairing pairing) throws Exception {
    try (Visit visit = visit(pairing)) {
      visit.call("keep", new Pond(true));
      assertThat(visit.call("holdsItself")).isEqualTo(true);
      Cached pond = (Cached) Objects.requireNonNull(visit.call("ouroboros"));
      assertThat(copyIn(pond).itself()).isSameAs(pond);
      pond.close();
      await()
          .untilAsserted(
              () -> assertThat(visit.meeting().broker().cacheCounts().imported()).isZero());
    }
  }

  @Scenario("Java's object, copied and passed straight back, is itself")
  void passedBack(Pairing pairing) throws Exception {
    try (Visit visit = visit(pairing)) {
      Pond pond = new Pond();
      for (int i = 0; i < 5; i++) {
        assertThat(visit.meeting().call("echo", pond)).isSameAs(pond);
        assertThat(visit.meeting().call("echo", List.of(pond, pond)))
            .isEqualTo(List.of(pond, pond));
      }
      visit.awaitNone();
      assertThat(pond.observers()).isZero();
    }
  }

  @Scenario("Twisted asks for Java's object, changes it and sends it home")
  void twistedAsks(Pairing pairing) throws Exception {
    try (Visit visit = visit(pairing)) {
      Meeting meeting = visit.meeting();
      Pond pond = meeting.lab().garden().pond();
      meeting.twisted("call_and_keep", "garden", "garden", "()");
      assertThat(meeting.twisted("garden_of_java", "garden").toString())
          .isEqualTo("[[\"mallard\"],[2],[\"mallard\",\"teal\"],true]");
      assertThat(pond.ducks()).containsExactly("mallard", "teal");
      visit.awaitNone();
    }
  }

  @Scenario("a change that a copy does not know is AttributeError, on both sides")
  void unknown(Pairing pairing) throws Exception {
    try (Visit visit = visit(pairing)) {
      Cached kept = visit.pond();
      Assertions.assertThatThrownBy(() -> visit.call("poke"))
          .isInstanceOfSatisfying(
              RemoteException.class,
              e -> {
                assertThat(e.parents()).contains("builtins.Exception");
                assertThat(e.text()).contains("AttributeError").contains("observe_poked");
              });
      Pond pond = new Pond();
      visit.call("keep", pond);
      Assertions.assertThatThrownBy(() -> Meeting.await(pond.tell("poked")))
          .hasMessageContaining("builtins.AttributeError")
          .hasMessageContaining("observe_poked");
      assertThat(kept.isLive()).isTrue();
    }
  }

  @Scenario("the end of the connection ends what is observed")
  void ends(Pairing pairing) throws Exception {
    try (Visit visit = visit(pairing)) {
      Pond pond = new Pond();
      visit.call("keep", pond);
      Cached kept = visit.pond();
      visit.meeting().hangUp();
      await().untilAsserted(() -> assertThat(pond.observers()).isZero());
      await().untilAsserted(() -> assertThat(kept.isLive()).isFalse());
      assertThat(visit.meeting().broker().cacheCounts()).isEqualTo(NONE);
    }
  }
}
