// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** Secrets in files that only their owner can read. They are never arguments and never logged. */
final class Secrets {
  private static final int SECRET_BYTES = 32;

  /** Longest secret file read, in bytes. */
  private static final int MAX_FILE_BYTES = 4096;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private Secrets() {}

  /** A new secret of 256 random bits. */
  static String random() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Writes a secret to a file that must not exist, with mode 0600 from the first byte on.
   *
   * @throws CommandFailedException when there is such a file, or it cannot be written
   */
  static void write(Path file, String secret) {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.writeString(file, secret + "\n");
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(
          file + " exists already: name another file, or remove it first", e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot write " + file + ": " + Failure.reasonOf(e), e);
    }
  }

  /**
   * Reads a secret.
   *
   * @throws CommandFailedException when the file is missing, empty, or readable by others
   */
  static String read(Path file) {
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(modes)) {
        throw new CommandFailedException(
            file
                + " holds a secret and can be read by others ("
                + PosixFilePermissions.toString(modes)
                + "): run 'chmod 600 "
                + file
                + "'");
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new CommandFailedException(
            file + " is too long for a secret: expected at most " + MAX_FILE_BYTES + " bytes");
      }
      String secret = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
      if (secret.isEmpty()) {
        throw new CommandFailedException(file + " is empty: expected a secret in it");
      }
      return secret;
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("there is no secret file " + file, e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + file + ": " + Failure.reasonOf(e), e);
    }
  }
}
