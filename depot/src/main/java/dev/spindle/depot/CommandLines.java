// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolDecoderAdapter;
import org.apache.mina.filter.codec.ProtocolDecoderOutput;

/**
 * Cuts a control connection's bytes into lines, one instance a connection.
 *
 * <p>A line ends with LF, before which a CR is dropped. Telnet commands (IAC and one byte), which
 * some clients put before ABOR, are skipped. A line that is too long comes out as {@link
 * #TOO_LONG}, and nothing after it.
 */
final class CommandLines extends ProtocolDecoderAdapter {
  /** A verb and the longest path that a grant names fit many times; RFC 959 asks for no more. */
  static final int MAX_LINE_BYTES = 512;

  /** Not a possible line, for it has a line end. */
  static final String TOO_LONG = "\n";

  private static final int TELNET_COMMAND = 0xff;

  private final byte[] line = new byte[MAX_LINE_BYTES];
  private int length;
  private boolean telnet;
  private boolean broken;

  @Override
  public void decode(IoSession session, IoBuffer in, ProtocolDecoderOutput out) {
    while (in.hasRemaining()) {
      byte next = in.get();
      if (!broken && !isTelnet(next)) {
        take(next, out);
      }
    }
  }

  private boolean isTelnet(byte next) {
    boolean second = telnet;
    telnet = !second && (next & 0xff) == TELNET_COMMAND;
    return second || telnet;
  }

  private void take(byte next, ProtocolDecoderOutput out) {
    if (next == '\n') {
      int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
      out.write(new String(line, 0, end, StandardCharsets.UTF_8));
      Arrays.fill(line, 0, length, (byte) 0); // It may have been a password.
      length = 0;
    } else if (length < MAX_LINE_BYTES) {
      line[length++] = next;
    } else {
      broken = true;
      out.write(TOO_LONG);
    }
  }
}
