// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that is many times larger than the memory of both ends. */
class BigFileTest {
  private static final long BYTES = 2L << 30;
  private static final int PAGE_BYTES = 64 * 1024;

  @Test
  @Timeout(110)
  void twoGibibytesCrossInAHeapOf32Mebibytes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("big");
    byte[] mark = "not all of it is zero".getBytes(StandardCharsets.US_ASCII);
    long place = BYTES - 12_345;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(BYTES);
      sparse.seek(place);
      sparse.write(mark);
    }
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BigFile.class.getName(),
                file.toString(),
                String.valueOf(PAGE_BYTES))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try {
      String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(run.waitFor(100, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).as("see %s", folder.resolve("errors")).isZero();
      assertThat(said).startsWith("%d bytes, CRC %x, ".formatted(BYTES, crc(place, mark)));
    } finally {
      run.destroyForcibly();
    }
  }

  private static long crc(long place, byte[] mark) {
    CRC32 crc = new CRC32();
    zeros(place, crc);
    crc.update(mark);
    zeros(BYTES - place - mark.length, crc);
    return crc.getValue();
  }

  private static void zeros(long count, CRC32 crc) {
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (long left = count; left > 0; left -= zeros.limit()) {
      zeros.clear().limit((int) Math.min(left, zeros.capacity()));
      crc.update(zeros);
    }
  }
}
