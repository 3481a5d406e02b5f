// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.AttemptId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A worker's directory, owned by one worker at a time.
 *
 * <pre>
 * id         names the directory; in the environment of all its processes
 * lock       locked while a worker lives
 * owner      which process that is, for the message to a second one
 * attempts/  JOB-ATTEMPT/work, JOB-ATTEMPT/log: emptied at each start
 * journal/   ends that are not acknowledged
 * cache/     fetched inputs, named by their SHA-256
 * </pre>
 */
final class WorkerDir implements Closeable {
  private static final String OWN_PROCESS =
      ProcessHandle.current().pid()
          + " "
          + ProcessHandle.current().info().startInstant().map(Object::toString).orElse("");

  private final Path dir;
  private final FileChannel channel;
  private final FileLock lock;
  private final String id;

  private WorkerDir(Path dir, FileChannel channel, FileLock lock) throws IOException {
    this.dir = dir;
    this.channel = channel;
    this.lock = lock;
    this.id = readOrMakeId();
    for (String part : new String[] {"attempts", "journal", "cache"}) {
      Files.createDirectories(dir.resolve(part));
    }
    Files.writeString(dir.resolve("owner"), OWN_PROCESS); // Last: who failed is no owner.
  }

  /**
   * Takes the directory, which is made if need be.
   *
   * @throws IOException naming it, when another worker has it
   */
  static WorkerDir open(Path dir) throws IOException {
    Files.createDirectories(dir);
    Path owner = dir.resolve("owner");
    if (Files.exists(owner) && Files.readString(owner).equals(OWN_PROCESS)) {
      // To open the lock file here and close it again would end this process's own lock.
      throw inUse(dir);
    }
    FileChannel channel =
        FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(dir);
      }
      return new WorkerDir(dir, channel, lock);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(dir);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static IOException inUse(Path dir) {
    String owner = "";
    try {
      owner = " (process " + Files.readString(dir.resolve("owner")).split(" ")[0] + ")";
    } catch (IOException e) {
      // It is about to start or to end; the message does without.
    }
    return new IOException(
        "worker directory " + dir + " is in use by another worker" + owner + ": give each its own");
  }

  private String readOrMakeId() throws IOException {
    Optional<String> known = idIn(dir);
    if (known.isPresent()) {
      return known.get();
    }
    String made = UUID.randomUUID().toString();
    Disk.writeDurably(dir.resolve("id"), made.getBytes(StandardCharsets.UTF_8));
    return made;
  }

  /** The id of a directory that a worker has or had. */
  static Optional<String> idIn(Path dir) throws IOException {
    Path file = dir.resolve("id");
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    String found = Files.readString(file).trim();
    try {
      return Optional.of(UUID.fromString(found).toString());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file + " holds '" + found + "', expected a worker's UUID: delete it for a new one", e);
    }
  }

  String id() {
    return id;
  }

  Path path() {
    return dir;
  }

  Path journal() {
    return dir.resolve("journal");
  }

  Path cache() {
    return dir.resolve("cache");
  }

  Path attempt(AttemptId attempt) {
    return dir.resolve("attempts").resolve(attempt.job() + "-" + attempt.attempt());
  }

  /** Removes what attempts of an earlier life left. */
  void clearAttempts() throws IOException {
    Disk.deleteTree(dir.resolve("attempts"));
    Files.createDirectories(dir.resolve("attempts"));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(dir.resolve("owner"));
    lock.release();
    channel.close();
  }
}
