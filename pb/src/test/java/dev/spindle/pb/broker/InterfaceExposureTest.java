// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.types.AsTuple;
import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Remote;
import dev.spindle.pb.types.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Objects that are called by the methods of an interface, and what passes between two ends. */
class InterfaceExposureTest {
  @Copyable("geo.Point")
  record Point(int x, int y) {}

  @AsTuple
  record Pair(String name, Point point) {}

  record Page<T>(List<T> items, Optional<Integer> next) {}

  enum Fill {
    PLAIN,
    HATCHED
  }

  @Remote
  interface Listener {
    CompletionStage<String> tick(int n, Optional<Fill> fill);
  }

  @Remote
  interface Desk {
    CompletionStage<Integer> sum(List<Point> points);

    @Exposed("fill_of")
    CompletionStage<Fill> fillOf(@Nullable String name);

    CompletionStage<Page<Pair>> page(Map<Fill, Pair> pairs);

    CompletionStage<Listener> keep(Listener listener, @Keyword Optional<Fill> fill);

    CompletionStage<Boolean> isKept(Listener listener);

    CompletionStage<List<Listener>> all();

    CompletionStage<@Nullable String> broken();

    default CompletionStage<Integer> unreachable() {
      return CompletableFuture.completedFuture(1);
    }
  }

  static final class Office implements Desk {
    final List<Listener> kept = new ArrayList<>();

    @Override
    public CompletionStage<Integer> sum(List<Point> points) {
      return done(points.stream().mapToInt(p -> p.x() + p.y()).sum());
    }

    @Override
    public CompletionStage<Fill> fillOf(@Nullable String name) {
      return done(name == null ? Fill.PLAIN : Fill.valueOf(name));
    }

    @Override
    public CompletionStage<Page<Pair>> page(Map<Fill, Pair> pairs) {
      return done(new Page<>(List.copyOf(pairs.values()), Optional.of(2)));
    }

    @Override
    public CompletionStage<Listener> keep(Listener listener, Optional<Fill> fill) {
      kept.add(listener);
      return listener.tick(kept.size(), fill).thenApply(said -> listener);
    }

    @Override
    public CompletionStage<Boolean> isKept(Listener listener) {
      return done(kept.contains(listener));
    }

    @Override
    public CompletionStage<List<Listener>> all() {
      return done(kept);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // what the compiler cannot see, the wire must
    public CompletionStage<@Nullable String> broken() {
      return (CompletionStage) done(5);
    }

    /** Public, and of no interface. */
    public String secret() {
      return "secret";
    }

    private static <T> CompletionStage<T> done(T value) {
      return CompletableFuture.completedFuture(value);
    }
  }

  private static final Types TYPES = Types.builder().copies(Point.class).build();
  private static final BrokerSettings SETTINGS = BrokerSettings.DEFAULT.withTypes(TYPES);

  private final Office office = new Office();
  private final BrokerPair pair =
      BrokerPair.of(Referenceable.of(Desk.class, office), SETTINGS, SETTINGS);
  private final Desk desk = pair.client().root().as(Desk.class);

  private <T> T outcome(CompletionStage<T> call) {
    pair.pump();
    assertThat(call.toCompletableFuture()).isDone();
    return call.toCompletableFuture().join();
  }

  @Test
  void oneInterfaceServesBothEnds() {
    assertThat(outcome(desk.sum(List.of(new Point(1, 2), new Point(3, 4))))).isEqualTo(10);
    assertThat(outcome(desk.fillOf("HATCHED"))).isEqualTo(Fill.HATCHED);
    assertThat(outcome(desk.fillOf(null))).isEqualTo(Fill.PLAIN);
    Pair cup = new Pair("cup", new Point(1, 2));
    assertThat(outcome(desk.page(Map.of(Fill.PLAIN, cup))))
        .isEqualTo(new Page<>(List.of(cup), Optional.of(2)));
  }

  @Test
  void formsOnTheWire() {
    RawPeer peer = RawPeer.ofServer(Referenceable.of(Desk.class, office), SETTINGS);
    peer.says(
        "[message 1 root page 1 [tuple [dictionary [u\"PLAIN\" [tuple u\"cup\" [geo.Point"
            + " [dictionary [x 1] [y 2]]]]]]] [dictionary]]",
        "[message 2 root fill_of 1 [tuple [None]] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[answer 1 [dictionary [u\"items\" [list [tuple u\"cup\" [geo.Point [dictionary"
                + " [u\"x\" 1] [u\"y\" 2]]]]]] [u\"next\" 2]]]",
            "[answer 2 u\"PLAIN\"]");
  }

  @Test
  void nothingButTheInterfaceIsReached() {
    for (String name : List.of("secret", "unreachable", "toString", "hashCode", "getClass")) {
      assertThat(pair.failure(name))
          .as(name)
          .isInstanceOf(RemoteException.class)
          .hasMessageContaining("No such method: remote_" + name);
    }
  }

  @Test
  void anArgumentThatDoesNotFitNamesItsPath() {
    assertThat(pair.failure("sum", List.of(Map.of("x", 1, "y", "2"))))
        .hasMessage("builtins.TypeError: sum() argument 'points'[0].y must be int, not str");
    assertThat(pair.failure("sum", 5))
        .hasMessage("builtins.TypeError: sum() argument 'points' must be list, not int");
    assertThat(pair.failure("keep", "x"))
        .hasMessageContaining("argument 'listener' must be a reference, not str");
    assertThat(pair.failure("page", Map.of("PLAIN", List.of("cup"))))
        .hasMessageContaining("argument 'pairs'['PLAIN'] must be a tuple of 2, not of 1");
  }

  @Test
  void anAnswerThatTheMethodDoesNotDeclareIsAnError() {
    assertThat(pair.failure("broken"))
        .hasMessage("builtins.TypeError: broken() answer must be str, not int");
  }

  // ---- callbacks ----

  static final class Ear implements Listener {
    final List<Integer> heard = new ArrayList<>();

    @Override
    public CompletionStage<String> tick(int n, Optional<Fill> fill) {
      heard.add(n);
      return CompletableFuture.completedFuture(fill.map(Fill::name).orElse("-"));
    }
  }

  @Test
  void anInterfaceGoesOutAsAReferenceAndComesHomeAsTheObject() {
    Ear ear = new Ear();
    assertThat(outcome(desk.keep(ear, Optional.of(Fill.PLAIN)))).isSameAs(ear);
    assertThat(ear.heard).containsExactly(1);
    Listener theirs = office.kept.get(0);
    assertThat(theirs.toString()).startsWith("Listener of RemoteReference[1 ");
    assertThat(outcome(desk.isKept(ear))).isTrue();
    assertThat(outcome(desk.isKept(new Ear()))).isFalse();
    assertThat(outcome(desk.all())).containsExactly(ear);
  }

  @Test
  void theSameObjectIsTheSameReferenceAndCountsOnce() {
    Ear ear = new Ear();
    outcome(desk.keep(ear, Optional.empty()));
    outcome(desk.keep(ear, Optional.empty()));
    assertThat(office.kept.get(1)).isEqualTo(office.kept.get(0));
    assertThat(pair.client().referenceCounts().exported()).isEqualTo(1);
    RemoteReference.behind(office.kept.get(0)).orElseThrow().close();
    pair.pump();
    assertThat(pair.client().referenceCounts().exported()).isZero();
  }

  /** What is reached by one interface is not reached by the other. */
  @Test
  void oneObjectByTwoInterfacesIsTwoReferences() {
    Runnable run = office::secret;
    class Both implements Listener, Runnable {
      @Override
      public CompletionStage<String> tick(int n, Optional<Fill> fill) {
        return CompletableFuture.completedFuture("tick");
      }

      @Override
      public void run() {
        run.run();
      }
    }
    Both both = new Both();
    Referenceable asListener = Referenceable.of(Listener.class, both);
    Referenceable asRunnable = Referenceable.of(Runnable.class, both);
    assertThat(asListener).isEqualTo(Referenceable.of(Listener.class, both));
    assertThat(asListener)
        .isNotEqualTo(asRunnable)
        .isNotEqualTo(Referenceable.of(Listener.class, new Ear()));
    outcome(desk.keep(both, Optional.empty()));
    assertThat(pair.call("isKept", asListener)).isEqualTo(true);
    assertThat(pair.call("isKept", asRunnable)).isEqualTo(false);
  }

  @Test
  void anExposureIsAnAvatarToo() {
    Exposure avatar =
        new Exposure(Referenceable.of(Desk.class, office), Exposure.Kind.PERSPECTIVE, () -> {});
    BrokerPair login = BrokerPair.of(avatar, SETTINGS);
    assertThat(login.call("fill_of", "PLAIN")).isEqualTo("PLAIN");
    assertThat(login.failure("secret"))
        .hasMessageContaining("'Office' object has no attribute 'perspective_secret'");
  }

  @Test
  void whatCannotBeExposedIsSaidBeforeThereIsAConnection() {
    assertThatThrownBy(() -> Referenceable.of(Office.class, office))
        .hasMessageContaining("Office is no interface");
    Referenceable plain = Referenceable.of(Desk.class, office);
    Broker.requireExposable(plain, TYPES);
    interface Odd {
      void run(Thread thread);
    }
    Odd odd = thread -> {};
    assertThatThrownBy(() -> Broker.requireExposable(Referenceable.of(Odd.class, odd), TYPES))
        .hasMessageContaining("Odd.run is exposed: parameter 1 'thread': java.lang.Thread");
  }

  interface TwoWays {
    String greet();

    @Exposed("greet")
    CompletionStage<String> greetLater();
  }

  @Test
  void oneNameMayBeCalledInTwoWaysAndServedInOne() {
    assertThat(pair.client().root().as(TwoWays.class)).isNotNull();
    TwoWays both = pair.client().root().as(TwoWays.class);
    assertThatThrownBy(() -> Broker.requireExposable(Referenceable.of(TwoWays.class, both), TYPES))
        .hasMessageContaining("TwoWays has two methods named 'greet'");
  }

  /** Those of the JDK are compiled without. */
  @Test
  void whereNamesOfParametersAreNotKnownTheMendIsTold() {
    BrokerPair doubling = BrokerPair.of(Referenceable.of(UnaryOperator.class, each -> each));
    assertThat(doubling.failure("apply"))
        .hasMessageContaining("apply() misses the argument 'arg0' of (arg0)")
        .hasMessageEndingWith("compile with -parameters");
  }

  // ---- keyword parameters ----

  interface Search {
    String find(
        String what,
        @Keyword int limit,
        @Keyword Optional<String> from,
        @Keywords Map<String, Long> more);
  }

  @Test
  void keywordParametersAreTakenByNameAlone() {
    Search search =
        (what, limit, from, more) -> what + " " + limit + " " + from.orElse("-") + " " + more;
    BrokerPair searching = BrokerPair.of(Referenceable.of(Search.class, search));
    RemoteReference root = searching.client().root();
    assertThat(
            searching.outcome(root.call("find", new Object[] {"a"}, Map.of("limit", 3, "b", 4L))))
        .isEqualTo("a 3 - {b=4}");
    assertThat(searching.failure("find", "a", 3))
        .hasMessageContaining("find() takes 1 positional argument (what, limit, from), 2 given");
    assertThat(searching.failure("find", "a"))
        .hasMessageContaining("find() misses the argument 'limit'");
    CompletableFuture<@Nullable Object> odd =
        root.call("find", new Object[] {"a"}, Map.of("limit", 3, "b", "x"));
    searching.pump();
    assertThatThrownBy(odd::join)
        .hasMessageContaining("find() argument 'more'['b'] must be int, not str");
  }

  // ---- blocking ----

  interface Slow {
    String quick();

    String slow();
  }

  static final class Sloth implements Slow {
    @Override
    public String quick() {
      return Thread.currentThread().getName();
    }

    @Override
    @Exposed(blocking = true)
    public String slow() {
      return Thread.currentThread().getName();
    }
  }

  @Test
  void theImplementationSaysWhichMethodsMayBlock() {
    List<Runnable> elsewhere = new ArrayList<>();
    BrokerPair slow = BrokerPair.of(Referenceable.of(Slow.class, new Sloth()), elsewhere::add);
    assertThat(slow.call("quick")).isEqualTo(Thread.currentThread().getName());
    CompletableFuture<@Nullable Object> call = slow.client().root().call("slow");
    slow.pump();
    assertThat(call).isNotDone();
    elsewhere.remove(0).run();
    assertThat(slow.outcome(call)).isEqualTo(Objects.requireNonNull(call.join()));
  }
}
