// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader's own limits, which Twisted does not have, and how little a promise costs. */
class BananaReaderTest {
  private static final BananaLimits SMALL = new BananaLimits(1024, 16, 1024);

  @ParameterizedTest
  @EnumSource
  void listsMayBeNestedAsDeepAsTheLimit(Feeding feeding) {
    assertThat(feeding.read(nested(16), Dialect.NONE, SMALL).error()).isNull();
    assertThat(feeding.read(nested(17), Dialect.NONE, SMALL).error())
        .isEqualTo("lists nested deeper than 16");
  }

  /** The innermost list has an element: an empty one needs no room. */
  private static byte[] nested(int depth) {
    Object expression = 1L;
    for (int i = 0; i < depth; i++) {
      expression = BananaList.of(expression);
    }
    return Feeding.written(expression, Dialect.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void anExpressionMayBeAsLongAsTheLimit(Feeding feeding) {
    // Two bytes of list header, three of the first string's, three of the second's.
    assertThat(feeding.read(ofBytes(1024), Dialect.NONE, SMALL).error()).isNull();
    assertThat(feeding.read(ofBytes(1025), Dialect.NONE, SMALL).error())
        .isEqualTo("expression longer than 1024 bytes");
  }

  private static byte[] ofBytes(int count) {
    byte[] bytes =
        Feeding.written(
            BananaList.of(
                ByteString.copyOf(new byte[500]), ByteString.copyOf(new byte[count - 508])),
            Dialect.NONE);
    assertThat(bytes).hasSize(count);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void theListsOfAnExpressionMayHaveAsManyElementsTogetherAsTheLimit(Feeding feeding) {
    BananaLimits limits = new BananaLimits(1024, 16, 1024, 64);
    assertThat(feeding.read(ofItems(64), Dialect.NONE, limits).error()).isNull();
    assertThat(feeding.read(ofItems(65), Dialect.NONE, limits).error())
        .isEqualTo("lists of 65 elements together announced: at most 64 allowed in one expression");
  }

  /** A list of two lists, of 30 and of the rest. */
  private static byte[] ofItems(int count) {
    return Feeding.written(
        BananaList.of(
            BananaList.of(Collections.nCopies(30, 1L).toArray()),
            BananaList.of(Collections.nCopies(count - 32, 1L).toArray())),
        Dialect.NONE);
  }

  @Test
  void elementsAreCountedForOneExpressionEachAndTheLimitMayChange() throws Exception {
    BananaReader reader = new BananaReader(new BananaLimits(1024, 16, 1024, 64));
    for (int i = 0; i < 3; i++) {
      reader.feed(Unpooled.wrappedBuffer(ofItems(64)), expression -> {});
    }
    assertThat(reader.expressions()).isEqualTo(3);
    reader.limits(new BananaLimits(1024, 16, 1024, 65));
    reader.feed(Unpooled.wrappedBuffer(ofItems(65)), expression -> {});
    assertThatThrownBy(() -> reader.feed(Unpooled.wrappedBuffer(ofItems(66)), expression -> {}))
        .hasMessageContaining("at most 65 allowed");
  }

  @Test
  void theStricterOfTwoIsTakenLimitByLimit() {
    assertThat(new BananaLimits(1024, 64, 4096, 64).atMost(new BananaLimits(2048, 16, 1024, 128)))
        .isEqualTo(new BananaLimits(1024, 16, 1024, 64));
  }

  @Test
  void theLimitOfBytesIsForOneExpressionEach() throws Exception {
    BananaReader reader = new BananaReader(SMALL);
    int[] count = {0};
    for (int i = 0; i < 5; i++) {
      reader.feed(Unpooled.wrappedBuffer(ofBytes(1000)), expression -> count[0]++);
    }
    assertThat(count[0]).isEqualTo(5);
  }

  @Test
  void whichLimitIsNamedDoesNotDependOnHowItIsCut() {
    byte[] bytes = new byte[1050]; // A list that begins too late, and is too long besides.
    byte[] begin = HexFormat.of().parseHex("6480" + "680782");
    System.arraycopy(begin, 0, bytes, 0, begin.length);
    Arrays.fill(bytes, 1005, 1049, (byte) 0x7f);
    bytes[1049] = (byte) 0x80;
    BananaLimits limits = new BananaLimits(1024, 16, 1024);
    Told whole = new Told();
    assertThatThrownBy(() -> whole.feed(new BananaReader(limits), bytes, List.of()))
        .hasMessageStartingWith("expression longer than 1024 bytes, and more than");
    Told cut = new Told();
    List<Integer> each = Collections.nCopies(bytes.length, 1);
    assertThatThrownBy(() -> cut.feed(new BananaReader(limits), bytes, each))
        .hasMessageStartingWith("expression longer than 1024 bytes, and more than");
    assertThat(cut.told).isEqualTo(whole.told);
  }

  /** A prefix that breaks its own limit at each place around the expression's. */
  @ParameterizedTest
  @ValueSource(ints = {956, 957, 958, 959, 960, 961, 962, 963, 1000})
  void whatATooLongPrefixIsToldAsDoesNotDependOnHowItIsCut(int begin) {
    byte[] bytes = new byte[begin + 80];
    byte[] string = {(byte) (begin - 5 & 0x7f), (byte) (begin - 5 >> 7), (byte) TypeByte.STRING};
    bytes[0] = 2;
    bytes[1] = (byte) TypeByte.LIST;
    System.arraycopy(string, 0, bytes, 2, string.length);
    BananaLimits limits = new BananaLimits(1024, 16, 1024);
    Told whole = new Told();
    Throwable atOnce = catchThrowable(() -> whole.feed(new BananaReader(limits), bytes, List.of()));
    Told cut = new Told();
    List<Integer> each = Collections.nCopies(bytes.length, 1);
    Throwable inBytes = catchThrowable(() -> cut.feed(new BananaReader(limits), bytes, each));
    assertThat(atOnce).hasMessage("prefix longer than 64 bytes");
    assertThat(inBytes).hasMessage("prefix longer than 64 bytes");
    assertThat(cut.told).isEqualTo(whole.told);
    assertThat(whole.told.isEmpty()).isEqualTo(begin <= 960);
  }

  /** As when a method that is called answers by way of a connection within the process. */
  @Test
  void whatIsHandedOnMayFeedAnotherReader() throws BananaException {
    ByteBuf numbers = Unpooled.wrappedBuffer(HexFormat.of().parseHex("018102810381"));
    byte[] texts = HexFormat.of().parseHex("0282616202826364");
    List<Object> heard = new ArrayList<>();
    new BananaReader(BananaLimits.DEFAULT)
        .feed(
            numbers,
            number -> {
              heard.add(number);
              new BananaReader(BananaLimits.DEFAULT)
                  .feed(Unpooled.wrappedBuffer(texts), heard::add);
            });
    ByteString ab = ByteString.utf8("ab");
    ByteString cd = ByteString.utf8("cd");
    assertThat(heard).containsExactly(1L, ab, cd, 2L, ab, cd, 3L, ab, cd);
  }

  @Test
  void whatIsAnnouncedTakesNoRoomBeforeItArrives() {
    byte[] string = HexFormat.of().parseHex("00002882");
    byte[] list = HexFormat.of().parseHex("00002880");
    assertThat(allocatedReading(string)).isLessThan(64 * 1024);
    assertThat(allocatedReading(list)).isLessThan(64 * 1024);
  }

  @Test
  void deepListsThatAreNeverFilledTakeRoomInProportion() {
    byte[] headers = new byte[4 * BananaLimits.DEFAULT_MAX_DEPTH];
    byte[] header = HexFormat.of().parseHex("00002880");
    for (int i = 0; i < headers.length; i += 4) {
      System.arraycopy(header, 0, headers, i, 4);
    }
    assertThat(allocatedReading(headers)).isLessThan(200L * BananaLimits.DEFAULT_MAX_DEPTH);
  }

  private static long allocatedReading(byte[] bytes) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Feeding.WHOLE.read(bytes, Dialect.NONE, BananaLimits.DEFAULT);
    long before = threads.getCurrentThreadAllocatedBytes();
    Feeding.Outcome outcome = Feeding.WHOLE.read(bytes, Dialect.NONE, BananaLimits.DEFAULT);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(outcome.inside()).isTrue();
    return allocated;
  }

  @Test
  void shortStringsThatComeAgainAreTheSameObject() throws Exception {
    BananaReader reader = new BananaReader(BananaLimits.DEFAULT);
    Object[] seen = new Object[2];
    int[] at = {0};
    for (int i = 0; i < 2; i++) {
      reader.feed(
          Unpooled.wrappedBuffer(Feeding.written(ByteString.utf8("echo"), Dialect.NONE)),
          expression -> seen[at[0]++] = expression);
    }
    assertThat(seen[0]).isSameAs(seen[1]);
  }

  @Test
  void stringsThatFallIntoOneSlotOfTheCacheStayApart() {
    Object[] strings = new Object[2000];
    Arrays.setAll(strings, i -> ByteString.utf8("key-" + i));
    BananaList list = BananaList.of(strings);
    assertThat(Feeding.WHOLE.readOne(Feeding.written(list, Dialect.PB), Dialect.PB))
        .isEqualTo(list);
  }

  @Test
  void expressionsAreComparedByValue() {
    BananaList list = BananaList.of(1L, ByteString.utf8("a"), BananaList.of(2.5));
    BananaList same = BananaList.of(1L, ByteString.utf8("a"), BananaList.of(2.5));
    assertThat(list).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(BananaList.EMPTY);
    assertThat(list.asList()).hasSize(3);
    assertThat(list).hasToString("[1 \"a\" […1]]");
    assertThat(BananaList.of(Collections.nCopies(30, 7L).toArray()).toString())
        .endsWith("7 7 …]")
        .hasSizeLessThan(60);
  }

  @Test
  void limitsThatLeaveNoRoomForAConversationAreRefused() {
    assertThatThrownBy(() -> new BananaLimits(1023, 16, 1024))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size 1023 (at least 1024)");
  }
}
