// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.FarmException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One controller's exclusive hold on a database: two on one file would each give out the same jobs.
 *
 * <p>It is a lock on a file beside the database, {@code FILE.lock}, because SQLite's own locks come
 * and go with each transaction. The operating system drops it when the process dies, however it
 * dies; the empty file stays.
 */
final class Hold implements AutoCloseable {
  private static final String SUFFIX = ".lock";

  /**
   * The locks of this process. The operating system gives them to the process and not to a channel:
   * merely closing a second channel on the file would drop the lock. So a second hold must be
   * refused before it opens one.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path lockFile;
  private final FileChannel channel;

  private Hold(Path lockFile, FileChannel channel) {
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /**
   * Takes hold of a database.
   *
   * @throws FarmException when another controller, in this process or another, has it
   */
  static Hold on(Path file) {
    try {
      Path lockFile = lockFile(file);
      if (!HELD.add(lockFile)) {
        throw used(file, lockFile);
      }
      try {
        return new Hold(lockFile, lock(file, lockFile));
      } catch (IOException | RuntimeException e) {
        HELD.remove(lockFile);
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw unavailable(file + " cannot be made: its folder is not there, make it first", e);
    } catch (IOException e) {
      throw unavailable(file + " cannot be locked: " + e, e);
    }
  }

  /** Beside the database itself, also when a symbolic link leads to it. */
  private static Path lockFile(Path file) throws IOException {
    Path real =
        Files.exists(file)
            ? file.toRealPath()
            : file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    return real.resolveSibling(real.getFileName() + SUFFIX);
  }

  private static FileChannel lock(Path file, Path lockFile) throws IOException {
    FileChannel channel =
        FileChannel.open(
            lockFile,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnly.attributes(file));
    try {
      if (channel.tryLock() == null) {
        throw used(file, lockFile);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unlock " + lockFile, e);
    } finally {
      HELD.remove(lockFile);
    }
  }

  private static FarmException used(Path file, Path lockFile) {
    return new FarmException(
        FarmException.Code.UNAVAILABLE,
        file + " is used by another controller (it holds " + lockFile + "): stop that one first");
  }

  private static FarmException unavailable(String text, IOException cause) {
    return new FarmException(FarmException.Code.UNAVAILABLE, text, cause);
  }
}
