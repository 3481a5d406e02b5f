// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaReader;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.JellyWriter;
import dev.spindle.pb.jelly.Outward;
import dev.spindle.pb.jelly.RefusedValueException;
import dev.spindle.pb.jelly.TagReaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a value as a Perspective Broker connection does, and reads it at the other end. */
final class Wire {
  private Wire() {}

  static @Nullable Object across(@Nullable Object value) {
    ByteBuf bytes = Unpooled.buffer();
    new JellyWriter(Outward.NOTHING)
        .write(value, new BananaWriter(bytes, Dialect.PB, BananaLimits.DEFAULT));
    var reader = new BananaReader(BananaLimits.DEFAULT);
    reader.use(Dialect.PB);
    List<Object> arrived = new ArrayList<>();
    try {
      reader.feed(bytes, arrived::add);
      return new JellyReader(TagReaders.NONE).read(arrived.get(0));
    } catch (BananaException | RefusedValueException e) {
      throw new AssertionError(e);
    }
  }
}
