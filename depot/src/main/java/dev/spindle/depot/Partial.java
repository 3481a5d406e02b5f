// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.depot.UploadRefused.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is arriving: the bytes on disk and the hash over exactly those.
 *
 * <p>Thread: whoever holds the {@link #acquire place} writes; {@link #length} and {@link #discard}
 * may be called from anywhere and never wait for the disk. After {@code discard} nothing of the
 * file becomes visible: the state is checked in the same lock under which a whole file gets its
 * name.
 */
final class Partial {
  private static final Logger LOG = LoggerFactory.getLogger(Partial.class);

  /** Between two looks at the free space. */
  private static final long CHECK_SPACE_BYTES = 16L << 20;

  private enum State {
    ARRIVING,
    WHOLE,
    DISCARDED
  }

  private final PartialKey key;
  private final long size;
  private final Path file;
  private final Disk disk;
  private final Semaphore place = new Semaphore(1);

  private State state = State.ARRIVING; // guarded by this
  private @Nullable FileChannel channel; // the place's holder alone
  private RunningHash hash = new RunningHash(); // the place's holder alone
  private long uncheckedBytes = CHECK_SPACE_BYTES; // the place's holder alone
  private volatile long length;

  /**
   * The disk under it.
   *
   * @param objects where the whole file goes
   * @param free space left
   * @param reserveBytes what must stay free
   */
  record Disk(ObjectFolder objects, FreeSpace free, long reserveBytes) {}

  Partial(PartialKey key, long size, Path file, Disk disk) {
    this.key = key;
    this.size = size;
    this.file = file;
    this.disk = disk;
  }

  PartialKey key() {
    return key;
  }

  long size() {
    return size;
  }

  /** Bytes that are here. Exact for the place's holder. */
  long length() {
    return length;
  }

  /** Whether this very content is an object already, from whomever it came. */
  boolean isHere() {
    return disk.objects().holds(key.sha256());
  }

  /** Waits for the only place from which to write. */
  boolean acquire(long waitMillis) throws InterruptedException {
    return place.tryAcquire(waitMillis, TimeUnit.MILLISECONDS);
  }

  /** Gives the place up; what is here stays for the next, unless the disk lost it. */
  void release() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      discard();
    } finally {
      channel = null;
      place.release();
    }
  }

  /** Forgets what is here. */
  void startOver() throws UploadRefused {
    try {
      opened().truncate(0).position(0);
    } catch (IOException e) {
      throw failed(e);
    }
    length = 0;
    hash = new RunningHash();
  }

  /** Takes the next bytes. After a failure the file is as long as before it. */
  void append(byte[] bytes, int count) throws UploadRefused {
    if (length + count > size) {
      throw new UploadRefused(
          Kind.TOO_LONG, "More than the granted " + size + " bytes: the file is discarded");
    }
    checkArriving();
    try {
      checkSpace(count);
      FileChannel out = opened();
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
      while (buffer.hasRemaining()) {
        out.write(buffer, length + buffer.position());
      }
    } catch (IOException e) {
      throw failed(e);
    }
    hash.update(bytes, 0, count);
    length += count;
  }

  /**
   * Ends the file: its hash is compared, and it becomes an object, durably. After a failure the
   * partial is spent and must be discarded.
   *
   * @return what it is
   */
  ContentHash finish() throws UploadRefused {
    ContentHash found = hash.finish();
    if (!found.sha256().equals(key.sha256())) {
      throw new UploadRefused(
          Kind.WRONG_HASH,
          "SHA-256 is "
              + found.sha256()
              + ", expected "
              + key.sha256()
              + ": the file is discarded");
    }
    try {
      FileChannel out = opened();
      out.truncate(size);
      if (out.size() != size) {
        throw new IOException(file + " has " + out.size() + " bytes, expected " + size);
      }
      disk.objects().prepare(file, key.sha256());
      out.force(true);
      admit();
      disk.objects().syncName(key.sha256());
    } catch (IOException e) {
      throw failed(e);
    }
    return found;
  }

  /** Throws the bytes away, also while they are being written. */
  synchronized void discard() {
    if (state == State.ARRIVING) {
      state = State.DISCARDED;
      deleteFile();
    }
  }

  private synchronized void admit() throws IOException {
    checkArriving();
    disk.objects().admit(file, key.sha256());
    state = State.WHOLE;
  }

  private synchronized void checkArriving() throws UploadRefused {
    if (state != State.ARRIVING) {
      throw new UploadRefused(Kind.REVOKED, "This grant was ended: nothing more is taken");
    }
  }

  private FileChannel opened() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      synchronized (this) {
        checkArriving();
        open =
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      channel = open;
      if (open.size() < length) {
        throw new IOException(file + " lost bytes: " + open.size() + " left of " + length);
      }
    }
    return open;
  }

  private void checkSpace(int count) throws IOException {
    uncheckedBytes += count;
    if (uncheckedBytes < CHECK_SPACE_BYTES) {
      return;
    }
    if (disk.free().bytes() - disk.reserveBytes() < count) {
      throw new UploadRefused(Kind.DISK_FULL, "The depot's disk is full: try again later");
    }
    uncheckedBytes = 0;
  }

  /** What an error of the work on the file means; a refusal stays what it is. */
  private static UploadRefused failed(IOException e) {
    if (e instanceof UploadRefused refused) {
      return refused;
    }
    String text = String.valueOf(e.getMessage());
    if (text.contains("No space left") || text.contains("quota")) {
      return new UploadRefused(Kind.DISK_FULL, "The depot's disk is full: try again later", e);
    }
    return new UploadRefused(Kind.DISK_FAILED, "The depot's disk failed: see its log", e);
  }

  private void deleteFile() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next start of the depot removes it, and it can never become an object.
      LOG.warn("cannot remove {}", file, e);
    }
  }
}
