// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.BananaReader;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast values of 1, 16 and 64 MiB are encoded and decoded, under limits that allow them: the
 * time should grow with the size and no faster. In one process, without a network; what arrives,
 * arrives in pieces as a socket gives them. Rates are per second of processor time.
 */
final class LargeValues {
  private static final int MIB = 1 << 20;
  private static final int[] SIZES = {MIB, 16 * MIB, 64 * MIB};
  private static final int PIECE_BYTES = 64 * 1024;
  private static final int ROUNDS = 5;
  private static final int WARM_UP_ROUNDS = 2;

  /** The clock of processor time ticks a hundred times a second. */
  private static final long LEAST_NANOS_A_ROUND = 300_000_000;

  private static final BananaLimits LIMITS =
      new BananaLimits(64 * MIB, BananaLimits.DEFAULT_MAX_DEPTH, 1L << 30);

  private LargeValues() {}

  /** What is in a value of so many bytes. */
  private enum Content {
    STRING("one string") {
      @Override
      Object of(int bytes) {
        return ByteString.copyOf(new byte[bytes]);
      }
    },
    INTEGERS("a list of integers") {
      @Override
      Object of(int bytes) {
        Object[] elements = new Object[bytes / 4];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = 20_000L + i % 1_000_000; // Three groups, and the type.
        }
        return BananaList.of(elements);
      }
    },
    STRINGS("a list of short strings") {
      @Override
      Object of(int bytes) {
        Object[] elements = new Object[bytes / 10];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = ByteString.utf8("key-" + (1000 + i % 200));
        }
        return BananaList.of(elements);
      }
    };

    final String title;

    Content(String title) {
      this.title = title;
    }

    abstract Object of(int bytes);
  }

  public static void main(String[] args) throws BananaException {
    System.out.println("| of | work | 1 MiB, MB/s | 16 MiB, MB/s | 64 MiB, MB/s | spread |");
    System.out.println("|---|---|--:|--:|--:|--:|");
    for (Content content : Content.values()) {
      measure(content);
    }
  }

  private static void measure(Content content) throws BananaException {
    List<List<Double>> encoding = new ArrayList<>();
    List<List<Double>> decoding = new ArrayList<>();
    for (int i = 0; i < SIZES.length; i++) {
      encoding.add(new ArrayList<>());
      decoding.add(new ArrayList<>());
    }
    // The sizes take turns, so that whatever else the machine does falls on all of them.
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < SIZES.length; i++) {
        double encoded = encode(content.of(SIZES[i]));
        double decoded = decode(encoded(content.of(SIZES[i])));
        if (round >= 0) {
          encoding.get(i).add(encoded);
          decoding.get(i).add(decoded);
        }
      }
    }
    print(content, "encoded", encoding);
    print(content, "decoded", decoding);
  }

  /** Megabytes a second. */
  private static double encode(Object value) {
    long bytes = 0;
    long begun = processorTime();
    while (bytes == 0 || processorTime() - begun < LEAST_NANOS_A_ROUND) {
      ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer(1024);
      new BananaWriter(out, Dialect.PB, LIMITS).expression(value);
      bytes += out.readableBytes();
      out.release();
    }
    return rate(bytes, begun);
  }

  private static ByteBuf encoded(Object value) {
    ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer(1024);
    new BananaWriter(out, Dialect.PB, LIMITS).expression(value);
    return out;
  }

  private static double decode(ByteBuf in) throws BananaException {
    int end = in.writerIndex();
    int[] read = {0};
    long begun = processorTime();
    long bytes = 0;
    while (bytes == 0 || processorTime() - begun < LEAST_NANOS_A_ROUND) {
      BananaReader reader = new BananaReader(LIMITS);
      reader.use(Dialect.PB);
      in.readerIndex(0);
      for (int at = 0; at < end; at += PIECE_BYTES) {
        reader.feed(in.readSlice(Math.min(PIECE_BYTES, end - at)), expression -> read[0]++);
      }
      bytes += end;
    }
    double rate = rate(bytes, begun);
    if ((long) read[0] * end != bytes) {
      throw new IllegalStateException(read[0] + " values were read");
    }
    in.release();
    return rate;
  }

  /** Of the whole process, so that the collector's work counts and other programs' does not. */
  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double rate(long bytes, long begun) {
    return bytes * 1e3 / (processorTime() - begun);
  }

  private static void print(Content content, String work, List<List<Double>> rates) {
    double least = Double.MAX_VALUE;
    double most = 0;
    StringBuilder row = new StringBuilder("| " + content.title + " | " + work + " |");
    for (List<Double> each : rates) {
      double median = Case.median(each);
      least = Math.min(least, median);
      most = Math.max(most, median);
      row.append(String.format(Locale.ROOT, " %,.0f |", median));
    }
    System.out.printf(Locale.ROOT, "%s %.0f %% |%n", row, 100 * (most - least) / most);
  }
}
