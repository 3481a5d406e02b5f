// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static dev.spindle.pb.vectors.WireForms.list;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.vectors.Notation;
import dev.spindle.pb.vectors.Vectors;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Jelly's vectors with a broker's own tags: references, caches, failures, and what is refused. */
class ValueVectorsTest {

  private static final class Thing implements Referenceable {}

  /** Gives what it is told to, and keeps what it is given. */
  private static final class Probe implements Referenceable {
    @Nullable Object given;
    @Nullable Object giving;

    @Exposed
    @Nullable Object give() {
      return giving;
    }

    @Exposed
    @Nullable Object take(@Nullable Object value) {
      given = value;
      return value;
    }
  }

  private final Probe probe = new Probe();
  private final RawPeer peer =
      RawPeer.ofServer(probe, BrokerSettings.DEFAULT.withTypes(PondCopy.TYPES));

  // ---- vectors ----

  private static final Map<String, Supplier<Object>> REFERENCES =
      Map.of(
          "referenceable",
          Thing::new,
          "viewable",
          () -> new Viewable() {},
          "cacheable",
          () -> new Pond("one", "two"),
          "same cacheable twice",
          () -> {
            Pond pond = new Pond();
            return List.of(pond, pond);
          },
          "two referenceables",
          () -> List.of(new Thing(), new Thing()),
          "same referenceable twice",
          () -> {
            Thing thing = new Thing();
            return List.of(thing, thing);
          });

  @TestFactory
  Stream<DynamicTest> ourObjectsTravelAsReferences() {
    return REFERENCES.entrySet().stream()
        .map(
            entry ->
                dynamicTest(entry.getKey(), () -> new ValueVectorsTest().give(entry.getKey())));
  }

  private void give(String name) {
    probe.giving = REFERENCES.get(name).get();
    peer.says("[message 1 root give 1 [tuple] [dictionary]]");
    assertThat(peer.heardExpressions())
        .isEqualTo(List.of(list("answer", 1, Vectors.expression(sexp(name)))));
  }

  private static JsonNode sexp(String name) {
    return Vectors.of("jelly.json", "vectors").stream()
        .filter(vector -> Vectors.name(vector).equals(name))
        .findFirst()
        .orElseThrow()
        .get("sexp");
  }

  private static final Map<String, Object> HOME =
      Map.of(
          "reference to a peer's object, sent home",
          5L,
          "reference to a peer's named object, sent home",
          ByteString.utf8("root"));

  @TestFactory
  Stream<DynamicTest> theirObjectsGoHomeAsTheirs() {
    return HOME.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getKey(),
                    () -> new ValueVectorsTest().sendHome(entry.getKey(), entry.getValue())));
  }

  private void sendHome(String name, Object id) {
    take(list("remote", id));
    assertThat(peer.heardExpressions())
        .isEqualTo(List.of(list("answer", 1, Vectors.expression(sexp(name)))));
  }

  private void take(Object value) {
    BananaList args = list("tuple", value);
    peer.saysExpression(list("message", 1, "root", "take", 1, args, list("dictionary")));
  }

  // ---- receive ----

  /** What becomes of each, as answer or error; a failure as what was read. */
  private static final Map<String, String> RECEIVED =
      Map.ofEntries(
          entry("remote", "[local 1]"),
          entry("remote zero", "[local 0]"),
          entry("remote by name", "[local root]"),
          entry("remote without identifier", "!builtins.IndexError"),
          entry("local unknown", "[None]"),
          entry("cached unknown", "!builtins.KeyError: 1"),
          entry("lcache unknown", "!builtins.KeyError: 1"),
          // The tags of copies are not registered here.
          entry("copy with text keys", "!twisted.spread.jelly.InsecureJelly"),
          entry("copy with byte keys", "!twisted.spread.jelly.InsecureJelly"),
          entry("copy with integer keys", "!twisted.spread.jelly.InsecureJelly"),
          entry("copy with None state", "!twisted.spread.jelly.InsecureJelly"),
          entry("copy without state", "!twisted.spread.jelly.InsecureJelly"),
          entry("copy through a factory", "!twisted.spread.jelly.InsecureJelly"),
          entry("cache", "[lcache 5]"),
          entry("failure, all keys", "!java.lang.IllegalStateException: boom"),
          entry("failure, least that every version can use", "!x.Y: boom"),
          entry("failure, byte keys", "!x.Y: boom"),
          entry("failure as newer versions send it", "!builtins.ValueError: boom"));

  @TestFactory
  Stream<DynamicTest> whatArrivesIsReadOrRefusedAlike() {
    return Vectors.of("jelly.json", "receive").stream()
        .filter(
            vector ->
                Vectors.name(vector).matches("(remote|local|cached|lcache|copy|cache|failure)\\b.*")
                    && !Vectors.name(vector).endsWith(" atom"))
        .map(
            vector ->
                dynamicTest(Vectors.name(vector), () -> new ValueVectorsTest().receive(vector)));
  }

  private void receive(JsonNode vector) {
    String name = Vectors.name(vector);
    assertThat(RECEIVED).containsKey(name);
    take(Vectors.expression(vector.get("sexp")));
    String answer = Notation.show(((BananaList) peer.heardExpressions().get(0)).get(2));
    assertThat(answer).startsWith(RECEIVED.get(name));
    if (name.startsWith("failure")) {
      assertThat(probe.given)
          .isInstanceOfSatisfying(RemoteException.class, e -> assertThat(e.isA(e.type())).isTrue());
      boolean hasParents = vector.toString().contains("builtins.Exception");
      assertThat(((RemoteException) probe.given).isA("builtins.Exception")).isEqualTo(hasParents);
    }
  }
}
