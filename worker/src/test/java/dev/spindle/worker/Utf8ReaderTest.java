// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Utf8ReaderTest {
  private static final int MAX_BYTES = 7;

  private static String read(byte[] bytes, int step) {
    var reader = new Utf8Reader(MAX_BYTES);
    var text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += step) {
      byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step));
      text.append(reader.text(piece, piece.length));
    }
    return text.append(reader.end()).toString();
  }

  @Test
  void charactersMayBeCutAnywhere() {
    String text = "aé€😀z";
    for (int step = 1; step <= MAX_BYTES; step++) {
      assertThat(read(text.getBytes(StandardCharsets.UTF_8), step)).isEqualTo(text);
    }
  }

  @Test
  void bytesThatAreNotUtf8AreReplaced() {
    assertThat(read(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82}, 1))
        .isEqualTo("a\uFFFDb\uFFFD");
  }

  @Property
  void cutsNeverMatter(
      @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(min = 1, max = MAX_BYTES) int step) {
    assertThat(read(bytes, step)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }
}
