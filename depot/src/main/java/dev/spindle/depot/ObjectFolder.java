// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The data folder: whole files under {@code objects/ab/<sha256>}, unfinished ones under {@code
 * incoming/}. An object appears under its name whole and durable, or not at all, and is never
 * written again.
 *
 * <p>Thread: any; the file system is the only state.
 */
final class ObjectFolder implements AutoCloseable {
  private static final String OWNER_ONLY = "rwx------";
  private static final String READ_ONLY = "r--------";

  /** Two hex digits: 256 folders, so that none grows too long to list. */
  private static final int PREFIX = 2;

  private final Path objects;
  private final Path incoming;
  private final FileChannel lockFile;

  private ObjectFolder(Path objects, Path incoming, FileChannel lockFile) {
    this.objects = objects;
    this.incoming = incoming;
    this.lockFile = lockFile;
  }

  /**
   * Takes the folder for this process and discards what an earlier one left unfinished.
   *
   * @throws IOException when another depot uses the folder, or it cannot be made or cleaned
   */
  static ObjectFolder open(Path folder) throws IOException {
    makePrivate(folder);
    FileChannel lockFile = lock(folder.resolve("lock"));
    try {
      Path objects = makePrivate(folder.resolve("objects"));
      Path incoming = makePrivate(folder.resolve("incoming"));
      try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incoming)) {
        for (Path leftover : leftovers) {
          Files.delete(leftover);
        }
      }
      return new ObjectFolder(objects, incoming, lockFile);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  Path object(Sha256 sha256) {
    return objects.resolve(sha256.hex().substring(0, PREFIX)).resolve(sha256.hex());
  }

  boolean holds(Sha256 sha256) {
    return Files.isRegularFile(object(sha256));
  }

  long size(Sha256 sha256) throws IOException {
    return Files.size(object(sha256));
  }

  Path incoming(String name) {
    return incoming.resolve(name);
  }

  /** Bytes that may still be written to the folder's disk. */
  long freeBytes() throws IOException {
    return Files.getFileStore(incoming).getUsableSpace();
  }

  /** Makes the file read-only and its folder ready; the slow part of {@link #admit}. */
  void prepare(Path whole, Sha256 sha256) throws IOException {
    Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString(READ_ONLY));
    Path folder = object(sha256).getParent();
    if (!Files.isDirectory(folder)) {
      makePrivate(folder);
      sync(objects);
    }
  }

  /**
   * Gives a whole, prepared, synced file its name. Content that is here already stays as it is: the
   * names are equal because the bytes are.
   */
  void admit(Path whole, Sha256 sha256) throws IOException {
    if (holds(sha256)) {
      Files.delete(whole);
      return;
    }
    Files.move(whole, object(sha256), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes the name durable. */
  void syncName(Sha256 sha256) throws IOException {
    sync(object(sha256).getParent());
  }

  /** Frees the folder for another depot. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path makePrivate(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very JVM: the same refusal as for another process.
    }
    channel.close();
    throw new IOException(
        "the depot's folder "
            + file.getParent()
            + " is in use by another depot; stop that one or choose another folder");
  }
}
