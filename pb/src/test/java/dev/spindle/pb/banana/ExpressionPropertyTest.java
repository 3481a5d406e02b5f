// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any expression. */
class ExpressionPropertyTest {

  @Property(tries = 300)
  void anyExpressionSurvivesHoweverItIsCut(
      @ForAll("expressions") Object expression,
      @ForAll Dialect dialect,
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 40) Integer> cuts)
      throws BananaException {
    byte[] bytes = Feeding.written(expression, dialect);
    List<Object> delivered = new ArrayList<>();
    BananaReader reader = new BananaReader(BananaLimits.DEFAULT);
    reader.use(dialect);
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    int end = 0;
    for (int cut : cuts) {
      end = Math.min(bytes.length, end + cut);
      reader.feed(in.writerIndex(end), delivered::add);
    }
    assertThat(reader.isInside() || end == 0 || end == bytes.length).isTrue();
    reader.feed(in.writerIndex(bytes.length), delivered::add);
    assertThat(reader.isInside()).isFalse();
    assertThat(delivered).hasSize(1);
    assertThat(delivered.get(0)).matches(Feeding.sameAs(expression), "is " + expression);
  }

  @Property(tries = 300)
  void aStrictReaderTakesWhatIsWritten(
      @ForAll("expressions") Object expression, @ForAll Dialect dialect) {
    assertThat(StrictBanana.read(Feeding.written(expression, dialect), dialect))
        .matches(Feeding.sameAs(expression), "is " + expression);
  }

  @Provide
  Arbitrary<Object> expressions() {
    return Arbitraries.recursive(
        ExpressionPropertyTest::scalars, inner -> Arbitraries.oneOf(scalars(), lists(inner)), 0, 4);
  }

  private static Arbitrary<Object> lists(Arbitrary<Object> members) {
    return members.list().ofMaxSize(6).map(list -> BananaList.of(list.toArray()));
  }

  private static Arbitrary<Object> scalars() {
    return Arbitraries.oneOf(integers(), doubles(), strings());
  }

  private static Arbitrary<Object> integers() {
    BigInteger most = BigInteger.TWO.pow(448).subtract(BigInteger.ONE);
    return Arbitraries.oneOf(
            Arbitraries.longs().map(BigInteger::valueOf),
            Arbitraries.bigIntegers().between(most.negate(), most),
            Arbitraries.integers().between(-1, 448).map(ExpressionPropertyTest::nearAPowerOfTwo))
        .map(number -> number.bitLength() < Long.SIZE ? (Object) number.longValue() : number);
  }

  private static BigInteger nearAPowerOfTwo(int bits) {
    return bits < 0 ? BigInteger.ONE.negate() : BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
  }

  private static Arbitrary<Object> doubles() {
    return Arbitraries.longs().map(Double::longBitsToDouble);
  }

  private static Arbitrary<Object> strings() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(ByteString::copyOf),
        Arbitraries.integers().between(1, Vocabulary.size()).map(Vocabulary::word));
  }
}
