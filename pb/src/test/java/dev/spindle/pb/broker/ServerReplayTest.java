// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.jelly.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorded conversations with a server of ours in the place of Twisted's: what it sends must be
 * what was recorded, but for what {@link Recording#differences} leaves out and what is listed.
 */
class ServerReplayTest {

  private static final class Echo implements Referenceable {
    final Queue<Runnable> later = new ArrayDeque<>();

    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      return value;
    }

    /** Keyword arguments have names here: the recording uses these two. */
    @Exposed
    Object call(Object... args) {
      return new ArrayList<>(Arrays.asList(Tuple.of(args), new LinkedHashMap<>()));
    }

    @Exposed
    CompletionStage<Object> later(Object value) {
      CompletableFuture<Object> result = new CompletableFuture<>();
      later.add(() -> result.complete(value));
      return result;
    }

    @Exposed
    void silent(Object value) {}

    void answerWhatIsDue() {
      for (Runnable due = later.poll(); due != null; due = later.poll()) {
        due.run();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itSaysWhatTwistedsServerSaid(boolean byteByByte) {
    Echo echo = new Echo();
    ServerReplay server = new ServerReplay("echo", echo).run(byteByByte, echo::answerWhatIsDue);
    // Java has no catch-all for keywords, so that this one call is an error here.
    assertThat(server.differences())
        .containsExactly(
            "[answer 45 [list [tuple 1] [dictionary [u\"name\" u\"Bob\"] [u\"count\" 12]]]]"
                + " became [error 45 !builtins.TypeError: call() got an unexpected keyword"
                + " argument: it takes ()]");
  }

  @Test
  void underDialectNoneItSaysItByteForByteUpToTheFailure() {
    ServerReplay server = new ServerReplay("dialect-none", new Echo()).run(false, () -> {});
    byte[] recorded = server.recording().bytes("server");
    byte[] ours = server.sent();
    int failure = new String(recorded, ISO_8859_1).indexOf("count");
    assertThat(Arrays.copyOf(ours, failure)).isEqualTo(Arrays.copyOf(recorded, failure));
    assertThat(
            Recording.differences(
                server.recording().expressions("server"), Recording.expressions(ours)))
        .isEmpty();
  }

  // ---- the server of "errors" ----

  private static final class Faulty implements Referenceable {
    private static PbError known(String text) {
      return new PbError("samples.KnownError", text);
    }

    @Exposed
    void error() {
      throw new PbError("twisted.spread.pb.Error", "a plain pb.Error", List.of());
    }

    @Exposed
    void known() {
      throw known("a subclass of pb.Error");
    }

    @Exposed
    CompletionStage<Object> knownLater() {
      return CompletableFuture.failedFuture(known("a subclass, through a Deferred"));
    }

    @Exposed
    void value() {
      throw new PbError("builtins.ValueError", "an ordinary exception", List.of());
    }

    @Exposed
    CompletionStage<Object> valueLater() {
      return CompletableFuture.failedFuture(
          new PbError("builtins.ValueError", "an ordinary exception", List.of()));
    }

    @Exposed
    void key() {
      throw new PbError("builtins.KeyError", "'missing'", List.of("builtins.LookupError"));
    }

    @Exposed
    void unicode() {
      throw new PbError("builtins.ValueError", "café 🧶", List.of());
    }

    @Exposed
    Object needsOne(Object one) {
      return one;
    }

    @Exposed
    Object zone() {
      return java.time.OffsetDateTime.of(2020, 1, 1, 0, 0, 0, 0, java.time.ZoneOffset.UTC);
    }

    @Exposed
    Object unprepared() {
      return new Object();
    }
  }

  @Test
  void errorsHaveTheNamesAndTextsOfTwisted() {
    ServerReplay server = new ServerReplay("errors", new Faulty()).run(false, () -> {});
    assertThat(server.differences())
        .containsExactly(
            // Errors by value are copies, which are not part of this stage.
            "[error 8 [samples.CarriedError [dictionary [u\"code\" 7]]]] became"
                + " [error 8 !twisted.spread.flavors.NoSuchMethod: No such method: remote_carried]",
            // Python's wording of what is wrong with arguments.
            "[error 10 !builtins.TypeError: Faulty.remote_needsOne() missing 1 required positional"
                + " argument: 'one'] became"
                + " [error 10 !builtins.TypeError: needsOne() misses the argument 'one' of (one)]",
            "[error 11 !builtins.NotImplementedError: Currently can't jelly datetime objects with"
                + " tzinfo] became [error 11 !builtins.TypeError: the answer cannot be sent: an"
                + " object of java.time.OffsetDateTime cannot be sent: it is no plain type, no"
                + " reference and not registered as a copy]",
            // What nobody prepared is unsendable here.
            "[answer 12 [unpersistable \"instance of class samples.Plain deemed insecure\"]] became"
                + " [error 12 !builtins.TypeError: the answer cannot be sent: an object of"
                + " java.lang.Object cannot be sent: it is no plain type, no reference and not"
                + " registered as a copy]",
            "[error 13 !builtins.TypeError: Faulty.remote_needsOne() takes 2 positional arguments"
                + " but 3 were given] became [error 13 !builtins.TypeError: needsOne() takes 1"
                + " positional argument (one), 2 given]",
            "[error 14 !builtins.TypeError: Faulty.remote_needsOne() got an unexpected keyword"
                + " argument 'two'] became [error 14 !builtins.TypeError: needsOne() misses the"
                + " argument 'one' of (one)]",
            "[answer 18 [unpersistable \"instance of class twisted.spread.jelly.Unpersistable deemed"
                + " insecure\"]] became [error 18 !builtins.TypeError: the answer cannot be sent:"
                + " an object of dev.spindle.pb.jelly.Unpersistable cannot be sent: it is no plain"
                + " type, no reference and not registered as a copy]");
  }

  @Test
  void tracebacksAreNeverSent() {
    ServerReplay server =
        new ServerReplay("errors-with-tracebacks", new Faulty()).run(false, () -> {});
    assertThat(server.differences()).isEmpty();
    assertThat(new String(server.recording().bytes("server"), ISO_8859_1)).contains("Traceback (");
    assertThat(new String(server.sent(), ISO_8859_1)).doesNotContain("Traceback (");
  }

  // ---- the server of "references" ----

  private static final class Thing implements Referenceable {
    private final String name;

    Thing(String name) {
      this.name = name;
    }

    @Exposed
    String name() {
      return name;
    }
  }

  private static final class Holder implements Referenceable {
    final Thing mine = new Thing("server's");
    final List<RemoteReference> held = new ArrayList<>();

    @Exposed
    Thing mine() {
      return mine;
    }

    @Exposed
    Object both() {
      return List.of(mine, mine);
    }

    @Exposed
    Thing fresh() {
      return new Thing("fresh");
    }

    @Exposed
    boolean isMine(Thing thing) {
      return thing == mine;
    }

    @Exposed
    boolean isRoot(Holder holder) {
      return holder == this;
    }

    @Exposed
    void hold(Object things) {
      List<?> all = things instanceof List<?> list ? list : List.of(things);
      all.forEach(thing -> held.add((RemoteReference) thing));
    }

    @Exposed
    CompletionStage<?> callHeld() {
      return held.get(0).call("ping", new Object[] {1}, Map.of("word", "w"));
    }

    @Exposed
    Object returnHeld() {
      return held.get(0);
    }

    @Exposed
    void release() {
      held.get(0).close();
      held.clear();
    }

    @Exposed
    Object echo(Object thing) {
      return thing;
    }

    @Exposed
    CompletionStage<?> callNow(RemoteReference thing) {
      return thing.call("name");
    }

    @Exposed
    void callQuietly(RemoteReference thing) {
      thing.send("name");
    }
  }

  @Test
  void referencesAreNumberedAndCalledAsByTwisted() {
    ServerReplay server = new ServerReplay("references", new Holder()).run(false, () -> {});
    assertThat(server.differences()).isEmpty();
  }

  // ---- the server of "cacheable" ----

  private static final class PondKeeper implements Referenceable {
    private final Pond pond = new Pond("mallard");

    @Exposed
    Pond pond() {
      return pond;
    }

    @Exposed
    Object two() {
      return List.of(pond, pond);
    }

    @Exposed
    CompletionStage<?> add(String duck) {
      return pond.add(duck);
    }

    @Exposed
    boolean isPond(Pond thing) {
      return thing == pond;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cachesAreSentAndUpdatedAndEndedAsByTwisted(boolean byteByByte) {
    ServerReplay server = new ServerReplay("cacheable", new PondKeeper()).run(byteByByte, () -> {});
    assertThat(server.sent()).isEqualTo(server.recording().bytes("server"));
    assertThat(server.link().broker().cacheCounts().exported()).isZero();
  }
}
