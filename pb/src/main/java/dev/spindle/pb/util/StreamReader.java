// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Blocks of a stream, as many bytes each as one read gives. */
final class StreamReader implements PageReader {
  /** Opens what is to be read; on a thread that may block. */
  private interface Opener {
    InputStream open() throws IOException;
  }

  private final Opener opener;
  private final int pageBytes;
  private @Nullable InputStream stream;
  private boolean closed;

  private StreamReader(Opener opener, @Nullable InputStream opened, int pageBytes) {
    this.opener = opener;
    this.stream = opened;
    this.pageBytes = pageBytes;
  }

  static StreamReader of(InputStream opened, int pageBytes) {
    return new StreamReader(() -> opened, opened, pageBytes);
  }

  static StreamReader ofFile(Path path, int pageBytes) {
    return new StreamReader(() -> Files.newInputStream(path), null, pageBytes);
  }

  @Override
  public byte @Nullable [] read() throws IOException {
    byte[] page = new byte[pageBytes];
    int count = opened().read(page);
    if (count < 0) {
      return null;
    }
    return count == pageBytes ? page : Arrays.copyOf(page, count);
  }

  private synchronized InputStream opened() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    InputStream current = stream;
    if (current == null) {
      current = opener.open();
      stream = current;
    }
    return current;
  }

  /** Does not wait for a read under way: this is what ends it. */
  @Override
  public void close() throws IOException {
    InputStream current;
    synchronized (this) {
      closed = true;
      current = stream;
    }
    if (current != null) {
      current.close();
    }
  }
}
