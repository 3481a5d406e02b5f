// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static dev.spindle.pb.jelly.PythonValues.dict;
import static dev.spindle.pb.jelly.PythonValues.list;
import static dev.spindle.pb.jelly.PythonValues.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.UnsendableException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Java has beyond Python, and what cannot be sent. */
class JellyWriterTest {

  @Test
  void javasOwnNumbersAndBytesArePythons() throws Exception {
    assertArrives(7L, 7);
    assertArrives(7L, (short) 7);
    assertArrives(7L, (byte) 7);
    assertArrives(1.5, 1.5f);
    assertArrives(ByteString.utf8("list"), "list".getBytes());
    assertArrives(ByteString.utf8("longer than any word"), "longer than any word".getBytes());
    assertArrives(List.of(1L), new ArrayDeque<>(List.of(1)).stream().toList());
    assertArrives(Map.of(1L, 2L), Map.of(1, 2));
  }

  @Test
  void whatIsFinerThanAMicrosecondIsCutOff() throws Exception {
    assertArrives(LocalTime.of(1, 2, 3, 4_000), LocalTime.of(1, 2, 3, 4_999));
    assertArrives(Duration.ofNanos(-1000), Duration.ofNanos(-1));
  }

  /** They are one object in the JVM without anybody's having meant it. */
  @Test
  void emptyCollectionsOfJavaAreNotShared() throws Exception {
    List<?> read =
        (List<?>)
            Jelling.read(
                Jelling.written(
                    list(List.of(), List.of(), Map.of(), Map.of(), Set.of(), Set.of()), Dialect.PB),
                Dialect.PB);
    assertThat(read.get(0)).isNotSameAs(read.get(1));
    assertThat(read.get(2)).isNotSameAs(read.get(3));
    assertThat(read.get(4)).isNotSameAs(read.get(5));
  }

  @Test
  void eachValueIsNumberedAfresh() {
    JellyWriter writer = new JellyWriter(Outward.NOTHING);
    Object shared = list();
    assertThat(bytes(writer, list(shared, shared))).isEqualTo(bytes(writer, list(shared, shared)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aValueIsLetGoOnceItIsWritten(int lists) {
    JellyWriter writer = new JellyWriter(Outward.NOTHING);
    WeakReference<Object> value = written(writer, lists);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return value.get() == null;
            });
    Object next = list();
    assertThat(bytes(writer, next)).isEqualTo(Jelling.written(next, Dialect.PB));
  }

  private static WeakReference<Object> written(JellyWriter writer, int lists) {
    List<Object> value = new ArrayList<>();
    for (int i = 0; i < lists; i++) {
      value.add(new ArrayList<>());
    }
    bytes(writer, value);
    return new WeakReference<>(value);
  }

  private static byte[] bytes(JellyWriter writer, @Nullable Object value) {
    ByteBuf out = Unpooled.buffer();
    writer.write(value, new BananaWriter(out, Dialect.PB, BananaLimits.DEFAULT));
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  @Test
  void argumentsAreOneValueAndKeywordsAnother() {
    ByteBuf out = Unpooled.buffer();
    BananaWriter banana = new BananaWriter(out, Dialect.NONE, BananaLimits.DEFAULT);
    JellyWriter writer = new JellyWriter(Outward.NOTHING);
    Object shared = list();
    writer.writeArguments(new Object[] {shared, shared}, banana);
    writer.writeKeywords(Map.of("a", shared), banana);
    ByteBuf expected = Unpooled.buffer();
    BananaWriter hand = new BananaWriter(expected, Dialect.NONE, BananaLimits.DEFAULT);
    writer.write(Tuple.of(shared, shared), hand);
    writer.write(dict("a", shared), hand);
    assertThat(out).isEqualTo(expected);
  }

  @Test
  void whatPythonCannotHashIsNotSent() {
    assertUnsendable(set(list(1L)), "a set member that is or holds a list");
    assertUnsendable(dict(Tuple.of(set()), 1L), "a dict key that is or holds a set");
    assertUnsendable(set(FrozenSet.copyOf(Arrays.asList(dict(), 1L))), "holds a dict");
  }

  /** Twisted 22.4 fails at these when they come, and at no other shapes of the same parts. */
  @Test
  void aTupleOfACycleIsNotMentionedBehindIt() {
    List<Object> list = new ArrayList<>();
    Tuple tuple = Tuple.of(list);
    list.add(tuple);
    String message = "holds itself and is mentioned again";
    assertUnsendable(List.of(list, tuple), message);
    assertUnsendable(List.of(list, list, Map.of("key", tuple)), message);
    Tuple around = Tuple.of(tuple, 1L);
    assertUnsendable(List.of(list, around, tuple), message);
    List<Object> outer = new ArrayList<>();
    List<Object> inner = new ArrayList<>();
    Tuple within = Tuple.of(outer, inner);
    outer.add(within);
    inner.add(within);
    assertUnsendable(outer, message);
  }

  @Test
  void otherCyclesAreSent() throws Exception {
    List<Object> list = new ArrayList<>();
    Tuple tuple = Tuple.of(list);
    list.add(tuple);
    list.add(tuple); // Behind its end, and within what it waits for.
    Tuple plain = Tuple.of(1L, List.of());
    for (Object value :
        List.of(
            list,
            List.of(list, list),
            List.of(tuple, list, tuple), // The list is there when the tuple is made.
            List.of(plain, plain, List.of(plain)))) {
      Object read = Jelling.read(Jelling.written(value, Dialect.PB), Dialect.PB);
      assertThat(Shape.of(read)).isEqualTo(Shape.of(value));
    }
  }

  @Test
  void whatHasNoFormInPythonIsNotSent() {
    assertUnsendable(new Object(), "an object of java.lang.Object cannot be sent");
    assertUnsendable(new AtomicInteger(), "a number of java.util.concurrent.atomic.AtomicInteger");
    assertUnsendable(new ArrayDeque<>(List.of(1)), "java.util.ArrayDeque is neither a list nor a");
    assertUnsendable(LocalDate.of(10_000, 1, 1), "year 10000: Python knows 1 to 9999");
    assertUnsendable(LocalDate.of(0, 1, 1), "year 0");
    assertUnsendable(Duration.ofDays(1_000_000_000), "Python knows up to 999999999");
    assertUnsendable(list(dict("k", "\udfff")), "lone surrogate");
    assertUnsendable(BigDecimal.TEN.pow(200), "665 bits");
  }

  @Test
  void aCollectionThatChangesMeanwhileIsNotSent() {
    assertUnsendable(new Shrinking(), "a collection changed while it was being sent: from 3 to 1");
  }

  /** Says three and has one. */
  private static final class Shrinking extends AbstractList<Object> {
    @Override
    public Object get(int index) {
      return 1L;
    }

    @Override
    public java.util.Iterator<Object> iterator() {
      return List.<Object>of(1L).iterator();
    }

    @Override
    public int size() {
      return 3;
    }
  }

  @Test
  void tuplesAndFrozensetsAreImmutableCollections() {
    Tuple tuple = Tuple.of(1L, null);
    assertThat(tuple).isEqualTo(Arrays.asList(1L, null)).hasSize(2);
    assertThatThrownBy(() -> tuple.set(0, 2L)).isInstanceOf(UnsupportedOperationException.class);
    FrozenSet frozen = FrozenSet.copyOf(List.of(1L, 2L, 1L));
    assertThat(List.copyOf(frozen)).isEqualTo(List.of(1L, 2L));
    assertThat(frozen).isEqualTo(new LinkedHashSet<>(List.of(2L, 1L)));
    assertThat(frozen.contains(2L)).isTrue();
    assertThatThrownBy(frozen::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThat(Tuple.of()).isSameAs(Tuple.of());
  }

  private static void assertArrives(@Nullable Object expected, @Nullable Object sent)
      throws RefusedValueException {
    assertThat(Jelling.read(Jelling.written(sent, Dialect.PB), Dialect.PB)).isEqualTo(expected);
  }

  private static void assertUnsendable(@Nullable Object value, String message) {
    assertThatThrownBy(() -> Jelling.written(value, Dialect.PB))
        .isInstanceOf(UnsendableException.class)
        .hasMessageContaining(message);
  }
}
