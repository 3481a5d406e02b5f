// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Moves a file's bytes between disk and data connection, in constant memory. */
final class FileFlow {
  /** One read from the network, one write to the disk. */
  private static final int RECEIVE_BYTES = 256 * 1024;

  /**
   * One write to the network; small enough that a slow peer takes one within the idle limit, for
   * only whole ones count as a sign of life.
   */
  private static final int SEND_BYTES = 128 * 1024;

  private FileFlow() {}

  /** Takes what arrives. */
  @FunctionalInterface
  interface Sink {
    void take(byte[] bytes, int count) throws UploadRefused;
  }

  /**
   * Sends a file from an offset to its end.
   *
   * <p>Not by {@link FileChannel#transferTo}: a thread blocked in there does not notice that the
   * socket is closed under it, and a revoked grant must end at once.
   *
   * @throws Refusal when the data connection is cut
   * @throws IOException when the file cannot be read
   */
  static void send(Path file, long offset, SocketChannel socket, DataPath path)
      throws Refusal, IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(SEND_BYTES);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ).position(offset)) {
      while (in.read(buffer) >= 0) {
        write(buffer.flip(), socket, path);
        buffer.clear();
      }
    }
  }

  private static void write(ByteBuffer bytes, SocketChannel socket, DataPath path) throws Refusal {
    try {
      while (bytes.hasRemaining()) {
        socket.write(bytes);
        path.moved();
      }
    } catch (IOException e) {
      throw new Refusal(426, "The transfer was cut: go on with REST and a new grant");
    }
  }

  /** Receives until the peer ends. */
  static void receive(SocketChannel socket, Sink sink, DataPath path) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(RECEIVE_BYTES);
    while (socket.read(buffer) >= 0) {
      path.moved();
      sink.take(buffer.array(), buffer.position());
      buffer.clear();
    }
  }
}
