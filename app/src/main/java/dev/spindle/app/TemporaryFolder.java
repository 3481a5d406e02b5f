// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that goes when it is closed. One that a killed process left is removed by the next that
 * makes one beside it: its name tells whose it was.
 */
final class TemporaryFolder implements AutoCloseable {
  private static final String PREFIX = "run-";

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** Ends what may still be at work in a folder that was left. */
  interface Leftover {
    void end(Path folder) throws IOException;
  }

  static TemporaryFolder create(Path parent, Leftover leftover) throws IOException {
    Files.createDirectories(parent);
    removeLeftovers(parent, leftover);
    return new TemporaryFolder(
        Files.createTempDirectory(
            parent,
            PREFIX + ProcessHandle.current().pid() + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
  }

  private static void removeLeftovers(Path parent, Leftover leftover) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder : folders.filter(TemporaryFolder::isLeftOver).toList()) {
        leftover.end(folder);
        remove(folder);
      }
    }
  }

  private static boolean isLeftOver(Path folder) {
    String name = folder.getFileName().toString();
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    String pid = name.substring(PREFIX.length()).split("-", 2)[0];
    try {
      Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(pid));
      return owner.isEmpty() || !owner.get().isAlive();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      remove(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          /** Two that start at once may remove the same. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failed;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failed)
              throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
