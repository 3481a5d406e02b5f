// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.vectors.Mutations;
import dev.spindle.pb.vectors.SteadyHeap;
import dev.spindle.pb.vectors.Vectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any expression is a value or a {@link RefusedValueException}; what was read can be written, or is
 * refused as unsendable, and then means the same. See {@code pb/src/test/README.md}.
 */
@Tag("fuzz")
class JellyReaderFuzzTest {
  private static final SteadyHeap HEAP = new SteadyHeap();

  static Stream<byte[]> seeds() {
    return Stream.of("vectors", "plain", "receive")
        .flatMap(kind -> Vectors.seeds("jelly.json", kind));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void anyExpression(byte[] bytes) {
    Feeding.WHOLE.read(bytes, Dialect.PB, BananaLimits.DEFAULT).expressions().stream()
        .limit(20)
        .forEach(JellyReaderFuzzTest::check);
    HEAP.check();
  }

  @Test
  void brokenVectors() {
    Mutations.of(seeds(), 40).forEach(this::anyExpression);
  }

  private static void check(Object expression) {
    Object value;
    try {
      value = Jelling.read(expression);
    } catch (RefusedValueException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    checkWriting(value);
  }

  private static void checkWriting(@Nullable Object value) {
    byte[] written;
    try {
      written = Jelling.written(value, Dialect.PB);
    } catch (UnsendableException e) {
      return;
    }
    try {
      assertThat(Shape.of(Jelling.read(written, Dialect.PB))).isEqualTo(Shape.of(value));
    } catch (RefusedValueException e) {
      throw new AssertionError("what we write we do not read", e);
    }
  }
}
