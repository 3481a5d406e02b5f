// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.Sha256;
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
import java.util.List;

/** Reads files once and tells what their content comes to. An interrupt ends it. */
public final class Hasher {
  private static final int BUFFER_BYTES = 128 * 1024;

  private Hasher() {}

  /** Size and hashes of a file. A symbolic link is not followed. */
  public static FileHashes hash(Path file) throws IOException, InterruptedException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    long size = pump(file, OutputStream.nullOutputStream(), List.of(sha256, md5));
    return new FileHashes(size, new Sha256(hex(sha256)), hex(md5));
  }

  /** The SHA-256 of a file alone, which is faster. */
  static Sha256 sha256(Path file) throws IOException, InterruptedException {
    MessageDigest sha256 = digest("SHA-256");
    pump(file, OutputStream.nullOutputStream(), List.of(sha256));
    return new Sha256(hex(sha256));
  }

  /** Copies a file to one that must not exist, and tells the hash of what was copied. */
  static Sha256 copy(Path from, Path to) throws IOException, InterruptedException {
    MessageDigest sha256 = digest("SHA-256");
    try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
      pump(from, out, List.of(sha256));
    }
    return new Sha256(hex(sha256));
  }

  private static long pump(Path from, OutputStream to, List<MessageDigest> digests)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = 0;
    try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while reading " + from.getFileName());
        }
        for (MessageDigest digest : digests) {
          digest.update(buffer, 0, n);
        }
        to.write(buffer, 0, n);
        size += n;
      }
    }
    return size;
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
