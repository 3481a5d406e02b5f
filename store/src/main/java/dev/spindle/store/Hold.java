// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.FarmException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One process's exclusive hold on a database: two controllers on one file would each give out the
 * same jobs.
 *
 * <p>It is a lock on a file beside the database, {@code FILE.lock}, because SQLite's own locks come
 * and go with each transaction. The operating system drops it when the process dies, however it
 * dies; the empty file stays.
 */
final class Hold implements AutoCloseable {
  private static final String SUFFIX = ".lock";

  private final FileChannel channel;

  private Hold(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes hold of a database.
   *
   * @throws FarmException when another controller, in this process or another, has it
   */
  static Hold on(Path file) {
    Path lockFile = file.resolveSibling(file.getFileName() + SUFFIX);
    try {
      FileChannel channel =
          FileChannel.open(
              lockFile,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnly.attributes(file));
      if (lock(channel) == null) {
        channel.close();
        throw new FarmException(
            FarmException.Code.UNAVAILABLE,
            file
                + " is used by another controller (it holds "
                + lockFile
                + "): stop that one first");
      }
      return new Hold(channel);
    } catch (IOException e) {
      throw new FarmException(
          FarmException.Code.UNAVAILABLE, "cannot lock " + lockFile + ": " + e, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another store of this very process has it
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
