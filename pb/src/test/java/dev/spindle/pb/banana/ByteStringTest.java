// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteStringTest {

  @Test
  void itIsItsBytesAndKeepsThem() {
    byte[] bytes = {1, 2};
    ByteString string = ByteString.copyOf(bytes);
    bytes[0] = 9;
    string.toByteArray()[1] = 9;
    assertThat(string.toByteArray()).containsExactly(1, 2);
    assertThat(string).isEqualTo(ByteString.copyOf(new byte[] {1, 2}));
    assertThat(string).hasSameHashCodeAs(ByteString.copyOf(new byte[] {1, 2}));
    assertThat(string).isNotEqualTo(ByteString.copyOf(new byte[] {1, 3})).isNotEqualTo("x");
    assertThat(ByteString.copyOf(new byte[0])).isSameAs(ByteString.EMPTY);
  }

  @Test
  void textIsStrictUtf8BothWays() {
    assertThat(ByteString.utf8("a\0ö🧶").toByteArray())
        .isEqualTo(new byte[] {'a', 0, -61, -74, -16, -97, -89, -74});
    assertThat(ByteString.utf8("ö🧶").utf8()).isEqualTo("ö🧶");
    assertThatThrownBy(() -> ByteString.utf8("\ud800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lone surrogate");
    assertThatThrownBy(() -> ByteString.copyOf(new byte[] {(byte) 0xc0, (byte) 0x80}).utf8())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not UTF-8: 0xc080");
  }

  @Test
  void itIsShownSafelyAndShort() {
    assertThat(ByteString.utf8("root")).hasToString("\"root\"");
    assertThat(ByteString.utf8("a\nb")).hasToString("0x610a62");
    assertThat(ByteString.copyOf(new byte[1000]).toString())
        .hasSizeLessThan(160)
        .endsWith("… (1000 bytes)");
  }

  @Test
  void itsOrderIsThatOfUnsignedBytes() {
    assertThat(ByteString.copyOf(new byte[] {(byte) 0x80}))
        .isGreaterThan(ByteString.copyOf(new byte[] {0x7f}));
  }
}
