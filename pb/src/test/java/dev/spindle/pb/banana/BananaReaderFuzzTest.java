// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.spindle.pb.vectors.Mutations;
import dev.spindle.pb.vectors.SteadyHeap;
import dev.spindle.pb.vectors.Vectors;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are expressions, the beginning of one, or a {@link BananaException}, and which of them
 * does not depend on how they are cut. See {@code pb/src/test/README.md} for how to look long.
 */
@Tag("fuzz")
class BananaReaderFuzzTest {
  private static final SteadyHeap HEAP = new SteadyHeap();

  static Stream<byte[]> seeds() {
    return Stream.concat(
        Vectors.seeds("banana.json", "round_trip"), Vectors.seeds("banana.json", "receive"));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] bytes) {
    for (Dialect dialect : Dialect.values()) {
      check(bytes, dialect, Feeding.IN_SOME_PIECES);
      checkReadPast(bytes, dialect, Feeding.somePieces(bytes.length));
    }
    HEAP.check();
  }

  /** Under limits so tight that much of it is read past: the pieces do not depend on the cuts. */
  private static void checkReadPast(byte[] bytes, Dialect dialect, List<Integer> cuts) {
    assertThat(toldOf(bytes, dialect, cuts)).isEqualTo(toldOf(bytes, dialect, List.of()));
  }

  private static List<String> toldOf(byte[] bytes, Dialect dialect, List<Integer> cuts) {
    BananaReader reader = new BananaReader(new BananaLimits(1024, 16, 1024));
    reader.use(dialect);
    Told told = new Told();
    try {
      told.feed(reader, bytes, cuts);
      told.told.add(reader.isInside() ? "inside" : "between");
    } catch (BananaException e) {
      told.told.add(e.getMessage());
    }
    return told.told;
  }

  @Test
  void brokenVectors() {
    Mutations.of(seeds(), 30).forEach(BananaReaderFuzzTest::checkByteByByte);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void wholeVectors(byte[] bytes) {
    checkByteByByte(bytes);
  }

  private static void checkByteByByte(byte[] bytes) {
    for (Dialect dialect : Dialect.values()) {
      check(bytes, dialect, Feeding.BYTE_BY_BYTE);
      checkReadPast(bytes, dialect, Collections.nCopies(bytes.length, 1));
    }
  }

  private static void check(byte[] bytes, Dialect dialect, Feeding cuts) {
    Feeding.Outcome whole = Feeding.WHOLE.read(bytes, dialect, BananaLimits.DEFAULT);
    Feeding.Outcome cut = cuts.read(bytes, dialect, BananaLimits.DEFAULT);
    assertThat(cut.error()).isEqualTo(whole.error());
    assertThat(cut.expressions()).hasSameSizeAs(whole.expressions());
    for (int i = 0; i < whole.expressions().size(); i++) {
      Object expression = whole.expressions().get(i);
      assertThat(Feeding.same(cut.expressions().get(i), expression)).isTrue();
      assertSurvives(expression, dialect);
    }
    if (whole.error() == null) {
      assertThat(cut.inside()).isEqualTo(whole.inside());
    }
  }

  private static void assertSurvives(Object expression, Dialect dialect) {
    byte[] written = Feeding.written(expression, dialect);
    assertThat(Feeding.same(Feeding.WHOLE.readOne(written, dialect), expression)).isTrue();
  }
}
