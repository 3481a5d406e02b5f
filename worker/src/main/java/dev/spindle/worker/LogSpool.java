// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.LogStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A queue of log pieces in a file: the stream's ordinal (1 byte), the text's length in bytes (4),
 * the text in UTF-8. The file is made at the first piece and emptied after the last. Not for
 * several threads.
 */
final class LogSpool implements Closeable {
  private static final int HEADER_BYTES = 5;

  private final Path path;
  private @Nullable RandomAccessFile file;
  private long readAt;
  private long writeAt;

  LogSpool(Path path) {
    this.path = path;
  }

  boolean isEmpty() {
    return readAt == writeAt;
  }

  /** How much waits in it. */
  long bytes() {
    return writeAt - readAt;
  }

  void add(LogPiece piece) throws IOException {
    RandomAccessFile out = file();
    byte[] text = piece.text().getBytes(StandardCharsets.UTF_8);
    byte[] record = new byte[HEADER_BYTES + text.length];
    ByteBuffer.wrap(record).put((byte) piece.stream().ordinal()).putInt(text.length).put(text);
    out.seek(writeAt);
    out.write(record);
    writeAt += record.length;
  }

  Optional<LogPiece> poll() throws IOException {
    if (isEmpty()) {
      return Optional.empty();
    }
    RandomAccessFile in = file();
    in.seek(readAt);
    LogStream stream = LogStream.values()[in.readByte()];
    byte[] text = new byte[in.readInt()];
    in.readFully(text);
    readAt += HEADER_BYTES + text.length;
    if (isEmpty()) {
      in.setLength(0);
      readAt = 0;
      writeAt = 0;
    }
    return Optional.of(new LogPiece(stream, new String(text, StandardCharsets.UTF_8)));
  }

  private RandomAccessFile file() throws IOException {
    if (file == null) {
      file = new RandomAccessFile(path.toFile(), "rw");
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
