// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Values to bytes and back, with the plain types alone. */
final class Jelling {
  private Jelling() {}

  static byte[] written(@Nullable Object value, Dialect dialect) {
    ByteBuf out = Unpooled.buffer();
    new JellyWriter(Outward.NOTHING)
        .write(value, new BananaWriter(out, dialect, BananaLimits.DEFAULT));
    return ByteBufUtil.getBytes(out);
  }

  static @Nullable Object read(byte[] bytes, Dialect dialect) throws RefusedValueException {
    return read(Feeding.WHOLE.readOne(bytes, dialect));
  }

  static @Nullable Object read(Object expression) throws RefusedValueException {
    return new JellyReader(TagReaders.NONE).read(expression);
  }

  static void assertRefused(Fault fault, Object expression) {
    assertThat(faultOf(expression)).isEqualTo(fault);
  }

  /** The rule that an expression breaks, or null when it is read. */
  static @Nullable Fault faultOf(Object expression) {
    RefusedValueException refused =
        catchThrowableOfType(RefusedValueException.class, () -> read(expression));
    return refused == null ? null : refused.fault();
  }
}
