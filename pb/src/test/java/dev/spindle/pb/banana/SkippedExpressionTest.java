// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions beyond a limit are read past, and what they were is told. */
class SkippedExpressionTest {
  private static final BananaLimits SMALL = new BananaLimits(1024, 16, 2048);
  private static final ByteString TOO_LONG = ByteString.copyOf(new byte[1025]);
  private static final byte[] NEXT = {5, (byte) 0x81};

  private static BananaReader reader() {
    BananaReader reader = new BananaReader(SMALL);
    reader.use(Dialect.PB);
    return reader;
  }

  /** With another expression behind it, which must arrive. */
  private static byte[] written(Object expression) {
    ByteBuf out = Unpooled.buffer();
    BananaWriter writer = new BananaWriter(out, Dialect.PB, BananaLimits.DEFAULT);
    writer.expression(expression);
    byte[] bytes = Arrays.copyOf(out.array(), out.readableBytes() + NEXT.length);
    System.arraycopy(NEXT, 0, bytes, out.readableBytes(), NEXT.length);
    return bytes;
  }

  private static List<String> told(String reason, Object expression) {
    List<String> told = new ArrayList<>(List.of(reason));
    told.addAll(Told.piecesOf(expression));
    told.add("whole 5");
    return told;
  }

  private static void assertTold(Object expression, String reason) throws BananaException {
    byte[] bytes = written(expression);
    List<String> expected = told(reason, expression);
    assertThat(new Told().feed(reader(), bytes, List.of()).told).isEqualTo(expected);
    List<Integer> each = Collections.nCopies(bytes.length, 1);
    assertThat(new Told().feed(reader(), bytes, each).told).isEqualTo(expected);
  }

  private static BananaList zeros(int count) {
    return BananaList.of(Collections.nCopies(count, 0L).toArray());
  }

  private static Object nested(int depth) {
    Object nested = 1L;
    for (int i = 0; i < depth; i++) {
      nested = BananaList.of(nested);
    }
    return nested;
  }

  @Test
  void itsPiecesAreToldFromTheBeginning() throws Exception {
    BananaList around = BananaList.of(Vocabulary.word(27), 17L, BananaList.of(1.5, TOO_LONG), 2L);
    assertThat(new Told().feed(reader(), written(around), List.of()).told)
        .containsExactly(
            "string of 1025 announced: at most 1024 allowed",
            "list of 4",
            "\"answer\"",
            "17",
            "list of 2",
            "float " + Double.doubleToRawLongBits(1.5),
            "string of 1025",
            "end",
            "2",
            "end",
            "whole 5");
  }

  @Test
  void whicheverLimitItExceeds() throws Exception {
    assertTold(TOO_LONG, "string of 1025 announced: at most 1024 allowed");
    assertTold(zeros(1025), "list of 1025 announced: at most 1024 allowed");
    assertTold(BananaList.of(1L, nested(20)), "lists nested deeper than 16");
    ByteString half = ByteString.copyOf(new byte[700]);
    assertTold(
        BananaList.of(half, half, BananaList.EMPTY, half, half, 7L),
        "expression longer than 2048 bytes");
    assertTold(BananaList.of(half, half, half), "expression longer than 2048 bytes");
    Object[] lists = new Object[1024];
    Arrays.fill(lists, zeros(2));
    assertTold(BananaList.of(lists), "expression longer than 2048 bytes");
  }

  @Property(tries = 300)
  void howeverItIsCut(
      @ForAll("members") List<Object> before,
      @ForAll("members") List<Object> after,
      @ForAll @IntRange(max = 10) int depth,
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 90) Integer> cuts)
      throws Exception {
    Object expression = TOO_LONG;
    for (int i = 0; i <= depth; i++) {
      List<Object> members = new ArrayList<>(i == 0 ? before : List.of((long) i));
      members.add(expression);
      members.addAll(i == 0 ? after : List.of());
      expression = BananaList.of(members.toArray());
    }
    byte[] bytes = written(expression);
    List<String> whole = new Told().feed(reader(), bytes, List.of()).told;
    assertThat(whole.subList(1, whole.size()))
        .isEqualTo(told("", expression).subList(1, whole.size()));
    List<String> cut = new Told().feed(reader(), bytes, cuts).told;
    assertThat(cut.subList(1, cut.size())).isEqualTo(whole.subList(1, whole.size()));
  }

  @Provide
  Arbitrary<List<Object>> members() {
    return new ExpressionPropertyTest().expressions().list().ofMaxSize(4);
  }

  @Test
  void itTakesNoMemoryForItsLength() throws Exception {
    byte[] header = HexFormat.of().parseHex("0480" + "00000010" + "82"); // 32 MiB, in a list
    ByteBuf body = Unpooled.buffer(1 << 20).writerIndex(1 << 20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    BananaReader reader = reader();
    Told told = new Told().feed(reader, header, List.of());
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 32; i++) {
      reader.feed(body.readerIndex(0), told);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 * 1024);
    assertThat(told.told).endsWith("string of 33554432");
    told.feed(reader, written(BananaList.of(1L)), List.of());
    assertThat(reader.isInside()).as("a list of four has three so far").isTrue();
  }

  // ---- what costs the connection all the same ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0180" + "0100000004" + "82", // a string of 1 GiB and a byte
        "0180" + "0100000004" + "80", // a list of as many
        "0180" + "7f7f7f7f7f7f7f7f7f01" + "82", // a number that fits no long
      })
  void whatCouldNotEndWithinTheBoundIsNotWaitedFor(String bytes) {
    assertThatThrownBy(() -> new Told().feed(reader(), HexFormat.of().parseHex(bytes), List.of()))
        .isInstanceOf(BananaException.class)
        .hasMessageContaining(
            "announced: at most 1024 allowed, and more than 1073741824 bytes are");
  }

  @Test
  void theNextExpressionMayHaveAllTheElementsAgain() throws Exception {
    BananaReader reader = new BananaReader(new BananaLimits(1024, 16, 4096, 64));
    byte[] tooMany = written(BananaList.of(Collections.nCopies(65, 1L).toArray()));
    byte[] allThereMayBe = written(BananaList.of(Collections.nCopies(64, 1L).toArray()));
    Told told = new Told().feed(reader, tooMany, List.of()).feed(reader, allThereMayBe, List.of());
    assertThat(told.told)
        .startsWith("lists of 65 elements together announced: at most 64 allowed in one expression")
        .endsWith("whole " + BananaList.of(Collections.nCopies(64, 1L).toArray()), "whole 5");
  }

  @Test
  void moreThanTheBoundIsNotReadPast() throws Exception {
    // Two strings of 640 MiB.
    byte[] header = HexFormat.of().parseHex("0280" + "0000004002" + "82");
    ByteBuf body = Unpooled.buffer(64 << 20).writerIndex(64 << 20);
    BananaReader reader = reader();
    Told told = new Told().feed(reader, header, List.of());
    for (int i = 0; i < 10; i++) {
      reader.feed(body.readerIndex(0), told);
    }
    assertThat(told.told).endsWith("string of 671088640");
    assertThatThrownBy(() -> told.feed(reader, Arrays.copyOfRange(header, 2, 8), List.of()))
        .isInstanceOf(BananaException.class)
        .hasMessageContaining("more than 1073741824 bytes are not read past");
  }

  @Test
  void thereIsABoundForTheDepthOfWhatIsReadPast() throws Exception {
    byte[] lists = new byte[2 * Pieces.MAX_DEPTH];
    for (int i = 0; i < lists.length; i += 2) {
      lists[i] = 1;
      lists[i + 1] = (byte) 0x80;
    }
    BananaReader reader = reader();
    Told told = new Told().feed(reader, lists, List.of());
    assertThatThrownBy(() -> told.feed(reader, Arrays.copyOf(lists, 2), List.of()))
        .isInstanceOf(BananaException.class)
        .hasMessage("lists nested deeper than 65536, even to be skipped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"88", "2087", "0087"})
  void brokenFramesStillCostTheConnection(String broken) throws Exception {
    BananaReader reader = reader();
    Told told = new Told().feed(reader, HexFormat.of().parseHex("0a80" + "010880"), List.of());
    assertThat(told.told).isNotEmpty();
    assertThatThrownBy(() -> told.feed(reader, HexFormat.of().parseHex(broken), List.of()))
        .isInstanceOf(BananaException.class);
  }

  @Test
  void whoDoesNotReadPastIsToldAtOnce() {
    byte[] header = HexFormat.of().parseHex("0180" + "010882"); // 1,025 bytes, none of them here
    assertThatThrownBy(
            () ->
                reader().feed(Unpooled.wrappedBuffer(header), expression -> assertThat(expression)))
        .isInstanceOf(BananaException.class)
        .hasMessage("string of 1025 announced: at most 1024 allowed");
  }
}
