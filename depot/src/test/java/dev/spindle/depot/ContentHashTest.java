// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentHashTest {
  @TempDir private Path folder;

  /** FIPS 180-2 and RFC 1321 both hash "abc". */
  @Test
  void theStandardsOwnExample() throws Exception {
    Path file = Files.write(folder.resolve("abc"), "abc".getBytes(StandardCharsets.US_ASCII));
    ContentHash hash = ContentHash.of(file);
    assertThat(hash.size()).isEqualTo(3);
    assertThat(hash.sha256().hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(hash.md5()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    assertThat(hash.as(Samples.NAME).md5()).isEqualTo(hash.md5());
  }

  @Test
  void aFileLargerThanTheBufferIsHashedWhole() throws Exception {
    byte[] bytes = Samples.bytes(1_000_001);
    Path file = Files.write(folder.resolve("large"), bytes);
    assertThat(ContentHash.of(file)).isEqualTo(Samples.hash(bytes));
  }

  @Property(tries = 100)
  void howTheBytesAreCutDoesNotMatter(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(min = 1, max = 64) int piece) {
    RunningHash hash = new RunningHash();
    for (int at = 0; at < bytes.length; at += piece) {
      hash.update(bytes, at, Math.min(piece, bytes.length - at));
    }
    assertThat(hash.size()).isEqualTo(bytes.length);
    assertThat(hash.finish()).isEqualTo(Samples.hash(bytes));
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[10]);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ContentHash.of(file)).isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ContentHash.of(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none");
  }
}
