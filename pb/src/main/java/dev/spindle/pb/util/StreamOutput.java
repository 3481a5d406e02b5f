// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import java.io.IOException;
import java.io.OutputStream;

/** A stream of the user's, which is closed once, even when that fails. */
final class StreamOutput implements PageOutput {
  private final OutputStream stream;
  private boolean closed;

  StreamOutput(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(ByteString page) throws IOException {
    page.writeTo(stream);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      stream.close();
    }
  }

  @Override
  public void abort() throws IOException {
    close();
  }
}
