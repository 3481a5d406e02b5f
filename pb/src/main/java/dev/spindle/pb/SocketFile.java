// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket: made with its permissions before anybody can reach it, in the place of
 * a dead server's but never of a living one's, and gone when its server is.
 */
final class SocketFile {
  private static final String NAME_IN_HIDDEN = "s";

  /** Digits of a hidden directory's name: short, since kernels take short paths alone. */
  private static final int HIDDEN_RANGE = 0x1_0000;

  /** Longest path of a socket, in bytes: what the JDK takes on Linux. */
  static final int MAX_PATH_BYTES = 106;

  private final Path path;
  private final int mode;
  private @Nullable Object identity;

  SocketFile(Path path, int mode) {
    this.path = path;
    this.mode = mode;
  }

  /** Makes a socket at a place, and listens there. */
  interface Binding {
    Channel at(Path place) throws IOException;
  }

  /**
   * Binds in a directory that nobody else can enter, sets the permissions there, and only then
   * gives the socket its name. A name that is taken meanwhile stays with whoever took it.
   */
  Channel publish(Binding binding) throws IOException {
    Path hidden = hiddenDirectory();
    Path place = hidden.resolve(NAME_IN_HIDDEN);
    try {
      removeStale();
      Channel listener = binding.at(place);
      try {
        Files.setPosixFilePermissions(place, permissions());
        Files.createLink(path, place);
        identity = identity();
        return listener;
      } catch (IOException e) {
        listener.close();
        throw e;
      }
    } finally {
      Files.deleteIfExists(place);
      Files.delete(hidden);
    }
  }

  private Path hiddenDirectory() throws IOException {
    FileAttribute<Set<PosixFilePermission>> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    int number = ThreadLocalRandom.current().nextInt(HIDDEN_RANGE);
    Path hidden = path.resolveSibling("." + Integer.toHexString(number));
    requireShort(path);
    requireShort(hidden.resolve(NAME_IN_HIDDEN));
    return Files.createDirectory(hidden, ownerOnly);
  }

  private static void requireShort(Path path) throws IOException {
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_PATH_BYTES) {
      throw new IOException(
          path + " is too long for a socket: " + bytes + " bytes of at most " + MAX_PATH_BYTES);
    }
  }

  private void removeStale() throws IOException {
    BasicFileAttributes there;
    try {
      there = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (!there.isOther()) {
      throw new IOException("there is something else of that name, which is no socket");
    }
    if (isAnswered()) {
      throw new IOException("another server listens there");
    }
    Files.deleteIfExists(path);
  }

  private boolean isAnswered() throws IOException {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private Set<PosixFilePermission> permissions() {
    // In the order of the bits, from the lowest.
    PosixFilePermission[] bits = {
      PosixFilePermission.OTHERS_EXECUTE,
      PosixFilePermission.OTHERS_WRITE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.GROUP_EXECUTE,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.OWNER_EXECUTE,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_READ
    };
    Set<PosixFilePermission> all = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < bits.length; i++) {
      if ((mode >> i & 1) != 0) {
        all.add(bits[i]);
      }
    }
    return all;
  }

  private @Nullable Object identity() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Removes the file, unless another server's has taken its name. */
  void remove() throws IOException {
    try {
      if (identity != null && identity.equals(identity())) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Somebody else has removed it.
    }
  }

  /** What went wrong, without the name of a file that only we know. */
  static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "another server has begun to listen there";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such directory";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
