// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.vectors.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Banana's vectors, each whole, byte by byte and with trailing bytes. */
class BananaVectorsTest {

  @TestFactory
  Stream<DynamicTest> whatTwistedSendsIsReadAndWrittenAlike() {
    return Vectors.of("banana.json", "round_trip").stream()
        .flatMap(
            vector ->
                Stream.of(Dialect.values())
                    .map(
                        dialect ->
                            dynamicTest(
                                dialect.wireName() + " " + Vectors.name(vector),
                                () -> roundTrip(vector, dialect))));
  }

  private static void roundTrip(JsonNode vector, Dialect dialect) {
    boolean abbreviated = dialect == Dialect.PB && vector.has("hex_pb");
    byte[] bytes = Vectors.hex(vector.get(abbreviated ? "hex_pb" : "hex"));
    Object expression = Vectors.expression(vector.get("value"));
    assertThat(Feeding.written(expression, dialect)).isEqualTo(bytes);
    for (Feeding feeding : Feeding.values()) {
      assertDelivers(feeding.read(bytes, dialect, BananaLimits.DEFAULT), List.of(expression));
    }
  }

  private static void assertDelivers(Feeding.Outcome outcome, List<Object> expected) {
    assertThat(outcome.error()).isNull();
    assertSame(outcome.expressions(), expected);
  }

  private static void assertSame(List<Object> found, List<Object> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).matches(Feeding.sameAs(expected.get(i)), "is " + expected.get(i));
    }
  }

  @TestFactory
  Stream<DynamicTest> valuesAtTheSizeLimitAreReadAndWrittenAlike() {
    return Vectors.of("banana.json", "large").stream()
        .map(vector -> dynamicTest(Vectors.name(vector), () -> large(vector)));
  }

  private static void large(JsonNode vector) throws Exception {
    JsonNode build = vector.get("build");
    byte[] unit = Vectors.hex(build.get("unit"));
    int count = build.get("count").asInt();
    ByteBuf whole = Unpooled.buffer().writeBytes(Vectors.hex(build.get("prefix")));
    for (int i = 0; i < count; i++) {
      whole.writeBytes(unit);
    }
    byte[] bytes = ByteBufUtil.getBytes(whole);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
        .isEqualTo(vector.get("sha256").asText());
    Object expected =
        unit.length == 1
            ? ByteString.copyOf("a".repeat(count).getBytes())
            : BananaList.of(Collections.nCopies(count, 0L).toArray());
    for (Dialect dialect : Dialect.values()) {
      assertThat(Feeding.written(expected, dialect)).isEqualTo(bytes);
      for (Feeding feeding : Feeding.values()) {
        Feeding.Outcome outcome = feeding.read(bytes, dialect, BananaLimits.DEFAULT);
        assertThat(outcome.error()).isNull();
        assertThat(outcome.expressions().equals(List.of(expected))).isTrue();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> whatOnlyAReaderMeetsIsTakenOrRefusedAlike() {
    return Vectors.of("banana.json", "receive").stream()
        .flatMap(
            vector ->
                Stream.of(Feeding.values())
                    .filter(feeding -> canBeFed(vector, feeding))
                    .map(
                        feeding ->
                            dynamicTest(
                                Vectors.name(vector) + " " + feeding,
                                () -> receive(vector, feeding))));
  }

  /** What is not complete would be completed by trailing bytes. */
  private static boolean canBeFed(JsonNode vector, Feeding feeding) {
    return feeding != Feeding.WITH_TRAILING_BYTES
        || !vector.get("outcome").asText().equals("incomplete");
  }

  private static void receive(JsonNode vector, Feeding feeding) {
    Feeding.Outcome outcome =
        feeding.read(Vectors.hex(vector.get("hex")), dialect(vector), BananaLimits.DEFAULT);
    assertSame(outcome.expressions(), delivered(vector));
    switch (vector.get("outcome").asText()) {
      case "complete" -> {
        assertThat(outcome.error()).isNull();
        assertThat(outcome.inside()).isEqualTo(feeding == Feeding.WITH_TRAILING_BYTES);
      }
      case "incomplete" -> {
        assertThat(outcome.error()).isNull();
        assertThat(outcome.inside()).isTrue();
      }
      case "error" -> assertThat(outcome.error()).isNotEmpty();
      default -> throw new AssertionError(vector);
    }
  }

  /** The one vector without values is too deep for JSON: its note tells the depth. */
  private static List<Object> delivered(JsonNode vector) {
    List<Object> expected = new ArrayList<>();
    if (vector.has("values")) {
      vector.get("values").forEach(value -> expected.add(Vectors.expression(value)));
    } else {
      assertThat(Vectors.name(vector)).isEqualTo("deep nesting 2000");
      Object nested = BananaList.EMPTY;
      for (int i = 0; i < 2000; i++) {
        nested = BananaList.of(nested);
      }
      expected.add(nested);
    }
    return expected;
  }

  private static @Nullable Dialect dialect(JsonNode vector) {
    return switch (vector.get("dialect").asText()) {
      case "pb" -> Dialect.PB;
      case "none" -> Dialect.NONE;
      case "unset" -> null;
      default -> throw new AssertionError(vector);
    };
  }

  /**
   * The Java value of each vector's Python source; {@code none} has none, since null is no value.
   */
  private static final Map<String, Object> UNSENDABLE =
      Map.ofEntries(
          Map.entry("integer too large", BigInteger.ONE.shiftLeft(448)),
          Map.entry("integer far too large", BigInteger.ONE.shiftLeft(1000)),
          Map.entry("integer too negative", BigInteger.ONE.shiftLeft(448).negate()),
          Map.entry("string too long", ByteString.copyOf(new byte[655_361])),
          Map.entry("list too long", zeros(655_361)),
          Map.entry("tuple too long", zeros(655_361)),
          Map.entry(
              "string too long inside a list",
              BananaList.of(1L, ByteString.copyOf(new byte[655_361]))),
          Map.entry("text", "hello"),
          Map.entry("empty text", ""),
          Map.entry("dict", Map.of()),
          Map.entry("set", Set.of(1L)),
          Map.entry("complex", new Object()),
          Map.entry("bytearray", new byte[] {'x'}),
          Map.entry("text in a list", BananaList.of(ByteString.utf8("ok"), "bad")));

  private static BananaList zeros(int count) {
    return BananaList.of(Collections.nCopies(count, 0L).toArray());
  }

  @TestFactory
  Stream<DynamicTest> whatTwistedRefusesToSendIsNotSentAndLeavesNothing() {
    return Vectors.of("banana.json", "refuse_to_send").stream()
        .map(Vectors::name)
        .filter(name -> !name.equals("none"))
        .map(name -> dynamicTest(name, () -> refuse(UNSENDABLE.get(name))));
  }

  private static void refuse(Object value) {
    assertThat(value).as("the table has every vector").isNotNull();
    ByteBuf out = Unpooled.buffer().writeByte(7);
    BananaWriter writer = new BananaWriter(out, Dialect.PB, BananaLimits.DEFAULT);
    int mark = writer.mark();
    assertThatThrownBy(() -> writer.expression(value)).isInstanceOf(UnsendableException.class);
    writer.rollBack(mark);
    assertThat(out.readableBytes()).isEqualTo(1);
  }

  @TestFactory
  Stream<DynamicTest> dialectsAreChosenAlike() {
    return Vectors.of("banana.json", "negotiation").stream()
        .map(vector -> dynamicTest(Vectors.name(vector), () -> negotiate(vector)));
  }

  private static void negotiate(JsonNode vector) throws BananaException {
    boolean client = vector.get("role").asText().equals("client");
    byte[] greeting = client ? new byte[0] : Feeding.written(Negotiation.offer(), Dialect.NONE);
    assertThat(greeting).isEqualTo(Vectors.hex(vector.get("sent_on_connect")));
    for (Feeding feeding : Feeding.values()) {
      Object received =
          feeding
              .read(Vectors.hex(vector.get("received")), null, BananaLimits.DEFAULT)
              .expressions()
              .get(0);
      String result = vector.get("result").asText();
      if (result.startsWith("dialect ")) {
        Dialect dialect = choose(client, received);
        assertThat(dialect.wireName()).hasToString('"' + result.substring(8) + '"');
        assertThat(client ? Feeding.written(dialect.wireName(), Dialect.NONE) : new byte[0])
            .isEqualTo(Vectors.hex(vector.get("sent_in_reply")));
      } else {
        assertThatThrownBy(() -> choose(client, received)).isInstanceOf(BananaException.class);
      }
    }
  }

  private static Dialect choose(boolean client, Object received) throws BananaException {
    return client ? Negotiation.choose(received) : Negotiation.chosen(received);
  }

  @TestFactory
  Stream<DynamicTest> wordsHaveTheNumbersOfTwisted() {
    return Vectors.vocabulary().entrySet().stream()
        .map(
            word ->
                dynamicTest(
                    word.getKey(),
                    () -> {
                      ByteString string = ByteString.utf8(word.getKey());
                      assertThat(Vocabulary.numberOf(string)).isEqualTo(word.getValue());
                      assertThat(Vocabulary.word(word.getValue())).isEqualTo(string);
                      assertThat(Vocabulary.size()).isEqualTo(Vectors.vocabulary().size());
                    }));
  }
}
