// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilter;
import org.apache.mina.core.session.DummySession;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolDecoderOutput;
import org.junit.jupiter.api.Test;

final class CommandLinesTest {
  @Test
  void linesEndWithLfAndLoseTheirCr() {
    assertThat(lines(ascii("USER a\r\nPASS b\n\r\nQUIT\r\r\n"), 99))
        .containsExactly("USER a", "PASS b", "", "QUIT\r");
  }

  @Test
  void telnetCommandsAreSkipped() {
    byte[] abort = {(byte) 0xff, (byte) 0xf4, (byte) 0xff, (byte) 0xf2, 'A', 'B', 'O', 'R', '\n'};
    assertThat(lines(abort, 1)).containsExactly("ABOR");
    byte[] escaped = {'a', (byte) 0xff, (byte) 0xff, 'b', '\n'};
    assertThat(lines(escaped, 1)).containsExactly("ab");
  }

  @Test
  void theLongestLineIsTakenAndOneByteMoreEndsEverything() {
    String longest = "x".repeat(CommandLines.MAX_LINE_BYTES);
    assertThat(lines(ascii(longest + "\nnext\n"), 100)).containsExactly(longest, "next");
    assertThat(lines(ascii(longest + "y\nnext\n"), 100)).containsExactly(CommandLines.TOO_LONG);
    assertThat(lines(ascii("z".repeat(1_000_000)), 2048)).containsExactly(CommandLines.TOO_LONG);
  }

  @Property(tries = 200)
  void howTheBytesAreCutDoesNotMatter(
      @ForAll @Size(max = 1500) byte[] bytes, @ForAll @IntRange(min = 1, max = 50) int piece) {
    assertThat(lines(bytes, piece)).isEqualTo(lines(bytes, 4096));
  }

  private static List<String> lines(byte[] bytes, int piece) {
    CommandLines decoder = new CommandLines();
    Collected out = new Collected();
    for (int at = 0; at < bytes.length; at += piece) {
      IoBuffer in = IoBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
      decoder.decode(new DummySession(), in, out);
      assertThat(in.hasRemaining()).isFalse();
    }
    return out.lines;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Collected implements ProtocolDecoderOutput {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void write(Object message) {
      lines.add((String) message);
    }

    @Override
    public void flush(IoFilter.NextFilter next, IoSession session) {
      // Nothing waits.
    }
  }
}
