// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.depot.TransferException.Reason;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is being fetched, beside its target as {@code <name>.part} until it is whole and
 * right. Errors of this machine's disk come out as {@link Reason#LOCAL_FILE}.
 */
final class PartFile implements AutoCloseable {
  private final StoredFile file;
  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private RunningHash hash = new RunningHash();
  private boolean tooLong;

  private PartFile(StoredFile file, Path target, Path part, FileChannel channel) {
    this.file = file;
    this.target = target;
    this.part = part;
    this.channel = channel;
  }

  /** Opens the part, and hashes what an earlier transfer left of it. */
  static PartFile open(StoredFile file, Path target) throws TransferException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              // A link would lead the bytes to where they do not belong.
              LinkOption.NOFOLLOW_LINKS);
      PartFile opened = new PartFile(file, target, part, channel);
      opened.readOn();
      return opened;
    } catch (IOException e) {
      throw failed(file, part, e);
    }
  }

  long length() {
    return hash.size();
  }

  boolean isComplete() {
    return tooLong || hash.size() == file.size();
  }

  /**
   * Takes the next bytes.
   *
   * @return false when they are more than the file has; it is spoilt then
   */
  boolean append(byte[] bytes, int count) throws TransferException {
    if (hash.size() + count > file.size()) {
      tooLong = true;
      return false;
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw failed(file, part, e);
    }
    hash.update(bytes, 0, count);
    return true;
  }

  void startOver() throws TransferException {
    try {
      channel.truncate(0);
      channel.position(0);
    } catch (IOException e) {
      throw failed(file, part, e);
    }
    hash = new RunningHash();
    tooLong = false;
  }

  /**
   * Gives the part its name if it is right, durably; else forgets it.
   *
   * @return whether it is right
   */
  boolean publish() throws TransferException {
    if (tooLong || !hash.finish().sha256().equals(file.sha256())) {
      startOver();
      return false;
    }
    try {
      channel.force(true);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      ObjectFolder.sync(target.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw failed(file, target, e);
    }
    return true;
  }

  /** Removes what is no longer worth resuming. */
  void remove() throws TransferException {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw failed(file, part, e);
    }
  }

  @Override
  public void close() throws TransferException {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(file, part, e);
    }
  }

  private void readOn() throws IOException {
    if (channel.size() > file.size()) {
      channel.truncate(0);
    }
    ContentHash.readInto(hash, channel);
  }

  private static TransferException failed(StoredFile file, Path path, IOException e) {
    return new TransferException(
        file.name().value(), Reason.LOCAL_FILE, "cannot write " + path + ": " + e.getMessage(), e);
  }
}
