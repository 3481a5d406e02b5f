// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads files once and tells what their content comes to. An interrupt ends it. */
final class Hasher {
  private static final int BUFFER_BYTES = 128 * 1024;

  private Hasher() {}

  /** What a file is under a name, without its MD5. A symbolic link is not followed. */
  static StoredFile describe(Path file, FileName name) throws IOException, InterruptedException {
    MessageDigest sha256 = sha256();
    long size = pump(file, OutputStream.nullOutputStream(), sha256);
    return new StoredFile(name, size, identity(sha256), "");
  }

  /** Copies a file to one that must not exist, and tells the hash of what was copied. */
  static Sha256 copy(Path from, Path to) throws IOException, InterruptedException {
    MessageDigest sha256 = sha256();
    try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      pump(from, out, sha256);
    }
    return identity(sha256);
  }

  private static long pump(Path from, OutputStream to, MessageDigest digest)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while reading " + from.getFileName());
        }
        digest.update(buffer, 0, n);
        to.write(buffer, 0, n);
        size += n;
      }
    }
    return size;
  }

  private static Sha256 identity(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
