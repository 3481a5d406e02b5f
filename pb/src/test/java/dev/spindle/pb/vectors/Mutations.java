// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.vectors;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes nonsense of good bytes, the same nonsense each time. */
public final class Mutations {
  private static final long SEED = 8787;

  private Mutations() {}

  /** Each of the seeds, broken in so many ways. */
  public static Stream<byte[]> of(Stream<byte[]> seeds, int each) {
    Random random = new Random(SEED);
    return seeds.flatMap(seed -> IntStream.range(0, each).mapToObj(i -> mutated(seed, random)));
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      bytes = mutatedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] mutatedOnce(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> with(bytes, at, (byte) random.nextInt(256));
      case 1 -> with(bytes, at, (byte) (0x80 + random.nextInt(9)));
      case 2 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 3 -> without(bytes, at);
      default -> twice(bytes, at, at + random.nextInt(bytes.length - at));
    };
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at) {
    byte[] shorter = new byte[bytes.length - 1];
    System.arraycopy(bytes, 0, shorter, 0, at);
    System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }

  private static byte[] twice(byte[] bytes, int from, int to) {
    byte[] longer = new byte[bytes.length + to - from];
    System.arraycopy(bytes, 0, longer, 0, to);
    System.arraycopy(bytes, from, longer, to, bytes.length - from);
    return longer;
  }
}
