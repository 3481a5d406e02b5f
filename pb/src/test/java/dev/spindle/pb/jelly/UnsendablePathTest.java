// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.UnsendableException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be sent is named by the path to it, and leaves no bytes. */
class UnsendablePathTest {
  private record Point(Object x) {}

  private final Outward points =
      new Outward() {
        @Override
        public boolean isReference(Object value) {
          return false;
        }

        @Override
        public void writeReference(Object value, BananaWriter out) {
          throw new AssertionError(value);
        }

        @Override
        public @Nullable Form formOf(Object value) {
          return value instanceof Point point
              ? new Form(ByteString.utf8("a.Point"), List.of(Map.of("x", point.x())))
              : null;
        }
      };

  private final ByteBuf buffer = Unpooled.buffer();
  private final BananaWriter out = new BananaWriter(buffer, Dialect.PB, BananaLimits.DEFAULT);

  private static Map<Object, Object> dict(Object key, Object value) {
    Map<Object, Object> dict = new LinkedHashMap<>();
    dict.put("first", 1);
    dict.put(key, value);
    return dict;
  }

  static Stream<Arguments> faults() {
    String text = "x".repeat(655_361);
    String tooLong = "text of 655361 bytes: at most 655360 can be sent";
    return Stream.of(
        Arguments.of(text, tooLong),
        Arguments.of(List.of(1, 2, 3, dict("key", text)), "[3]['key']: " + tooLong),
        Arguments.of("é".repeat(400_000), "text of 800000 bytes: at most 655360 can be sent"),
        Arguments.of(
            dict(5, new byte[655_361]),
            "[5]: a string of 655361 bytes: at most 655360 can be sent"),
        Arguments.of(
            Tuple.of(1, Collections.nCopies(655_360, 0)),
            "[1]: a list of 655361 elements: at most 655360 can be sent"),
        Arguments.of(
            List.of(dict(ByteString.utf8("b"), BigInteger.TWO.pow(448))),
            "[0][…]: an integer of 449 bits: at most 448 can be sent"),
        Arguments.of(Set.of("\ud800"), "[…]: text with a lone surrogate has no UTF-8 form"),
        Arguments.of(
            dict(List.of(1), 1),
            "[…]: a dict key that is or holds a list, which can change: Python would not take it"),
        Arguments.of(
            List.of(new Point(List.of(new Object()))),
            "[0]<a.Point>['x'][0]: an object of java.lang.Object cannot be sent: it is no plain"
                + " type, no reference and not registered as a copy"),
        Arguments.of(new Point(text), "<a.Point>['x']: " + tooLong),
        Arguments.of(dict("k".repeat(50), text), "['" + "k".repeat(40) + "…']: " + tooLong));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void thePathLeadsToThePartAtFault(Object value, String message) {
    JellyWriter writer = new JellyWriter(points);
    assertThatThrownBy(() -> writer.write(value, out))
        .isInstanceOf(UnsendableException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> writer.writeArguments(new Object[] {0, value}, out))
        .hasMessage("argument 2: " + message);
    assertThatThrownBy(() -> writer.writeKeywords(Map.of("k", value), out))
        .hasMessage("argument 'k': " + message);
  }

  @Test
  void anotherValueStartsWithoutIt() {
    JellyWriter writer = new JellyWriter(points);
    assertThatThrownBy(() -> writer.write(List.of("\ud800"), out)).hasMessageStartingWith("[0]: ");
    assertThatThrownBy(() -> writer.write("\ud800", out)).hasMessageStartingWith("text with");
  }

  @Test
  void aLongPathIsCutInItsMiddle() {
    Object deep = "\ud800";
    for (int i = 0; i < 299; i++) {
      deep = List.of(i, deep);
    }
    Object value = deep;
    assertThatThrownBy(() -> new JellyWriter(points).write(value, out))
        .hasMessage(
            "[1]".repeat(8)
                + "…"
                + "[1]".repeat(8)
                + ": text with a lone surrogate has no UTF-8"
                + " form");
    Object tooDeep = List.of(List.of(deep, 1), 1);
    assertThatThrownBy(() -> new JellyWriter(points).write(tooDeep, out))
        .hasMessage(
            "[0][0]"
                + "[1]".repeat(6)
                + "…"
                + "[1]".repeat(8)
                + ": a value nested deeper than 300 cannot be sent");
  }

  @Test
  void tooManyArgumentsAreNobodysFaultAlone() {
    assertThatThrownBy(() -> new JellyWriter(points).writeArguments(new Object[655_360], out))
        .hasMessage("a list of 655361 elements: at most 655360 can be sent");
  }

  // ---- a message as a whole ----

  private static final BananaLimits SMALL = new BananaLimits(1024, 16, 2048);

  @Test
  void aMessageMayBeAsLongAsTheLimit() {
    for (int size : new int[] {1, 100, 1000}) {
      // Three bytes of each string's header, three of the list.
      List<Object> members =
          new ArrayList<>(Collections.nCopies(2048 / (size + 3), new byte[size]));
      BananaWriter small = new BananaWriter(buffer.clear(), Dialect.NONE, SMALL);
      int mark = small.begin();
      new JellyWriter(points).write(List.of(), small);
      assertThatThrownBy(
              () -> {
                new JellyWriter(points).write(members, small);
                new JellyWriter(points).write(members, small);
                small.end();
              })
          .isInstanceOf(UnsendableException.class)
          .hasMessageEndingWith("the message becomes longer than 2048 bytes");
      small.rollBack(mark);
      assertThat(buffer.readableBytes()).isZero();
      small.begin();
      small.bytes(new byte[1020]);
      small.bytes(new byte[1022]);
      small.end();
      assertThat(buffer.readableBytes()).isEqualTo(2048);
    }
  }

  @Test
  void smallElementsCountAsWell() {
    BananaWriter small = new BananaWriter(buffer, Dialect.NONE, SMALL);
    small.begin();
    Object[] numbers = new Object[1000];
    Arrays.fill(numbers, 1_000_000L);
    new JellyWriter(points).write(Arrays.asList(numbers), small);
    assertThatThrownBy(small::end).hasMessage("the message becomes longer than 2048 bytes");
  }

  @Test
  void eachMessageIsMeasuredFromItsOwnBeginning() {
    BananaWriter small = new BananaWriter(buffer, Dialect.NONE, SMALL);
    for (int i = 0; i < 10; i++) {
      small.begin();
      small.bytes(new byte[1000]);
      small.bytes(new byte[1000]);
      small.end();
      small.bytes(new byte[1000]);
    }
    assertThat(buffer.readableBytes()).isEqualTo(30 * 1003);
  }
}
