// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What identifies a file's content.
 *
 * @param size in bytes
 * @param sha256 the identity
 * @param md5 32 hex digits
 */
public record ContentHash(long size, Sha256 sha256, String md5) {
  /** Large enough that system calls do not count, small enough for a second-level cache. */
  private static final int BUFFER_BYTES = 256 * 1024;

  /**
   * Reads a file once, in constant memory.
   *
   * <p>Thread: blocks; an interrupt ends it at once with a {@link
   * java.nio.channels.ClosedByInterruptException}.
   */
  public static ContentHash of(Path file) throws IOException {
    RunningHash hash = new RunningHash();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      readInto(hash, channel);
    }
    return hash.finish();
  }

  /** The same content under a name. */
  public StoredFile as(FileName name) {
    return new StoredFile(name, size, sha256, md5);
  }

  static void readInto(RunningHash hash, FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer)) {
      hash.update(buffer.array(), 0, n);
      buffer.clear();
    }
  }
}
