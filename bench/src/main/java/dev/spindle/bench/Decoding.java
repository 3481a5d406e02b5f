// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaReader;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Decodes a batch of expressions that lies in one buffer, as a read of a socket leaves it. */
@State(Scope.Thread)
public class Decoding {

  /** What is decoded. */
  public enum Wire {
    /** Strings as large as a page of a file. */
    STRINGS("strings of 64 KiB", 16, out -> repeat(16, () -> out.bytes(new byte[64 * 1024]))),
    /** What a list of numbers is made of. */
    TOKENS("small tokens, integers in lists", 16 * 1024, Wire::numbers),
    /** The messages of an echo of an int. */
    CALLS("calls of one int", 1024, out -> repeat(1024, () -> call(out)));

    final String title;

    /** Strings, tokens or calls in the batch. */
    final int units;

    private final Consumer<BananaWriter> batch;

    Wire(String title, int units, Consumer<BananaWriter> batch) {
      this.title = title;
      this.units = units;
      this.batch = batch;
    }

    byte[] bytes() {
      ByteBuf out = Unpooled.buffer();
      batch.accept(new BananaWriter(out, Dialect.PB, BananaLimits.DEFAULT));
      return ByteBufUtil.getBytes(out);
    }

    private static void repeat(int times, Runnable task) {
      for (int i = 0; i < times; i++) {
        task.run();
      }
    }

    private static void numbers(BananaWriter out) {
      repeat(
          16,
          () -> {
            out.list(1023);
            for (int i = 0; i < 1023; i++) {
              out.integer(i);
            }
          });
    }

    private static void call(BananaWriter out) {
      out.list(7);
      out.string(ByteString.utf8("message"));
      out.integer(123_456);
      out.string(ByteString.utf8("root"));
      out.string(ByteString.utf8("echo"));
      out.integer(1);
      out.list(2);
      out.string(ByteString.utf8("tuple"));
      out.integer(123_456);
      out.list(1);
      out.string(ByteString.utf8("dictionary"));
    }
  }

  @Param Wire wire;

  private ByteBuf in;
  private BananaReader reader;

  @Setup
  public void fill() {
    in = Unpooled.directBuffer().writeBytes(wire.bytes());
    reader = new BananaReader(BananaLimits.DEFAULT);
    reader.use(Dialect.PB);
  }

  @Benchmark
  public void decode(Blackhole hole) throws BananaException {
    in.readerIndex(0);
    reader.feed(in, hole::consume);
  }
}
