// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Creates files with mode 0600: the database holds digests of the workers' secrets. SQLite gives
 * its write-ahead log the mode of the database.
 */
final class OwnerOnly {
  private OwnerOnly() {}

  /** What to create a file with; nothing where the file system knows no modes. */
  static FileAttribute<?>[] attributes(Path file) {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }

  /** Creates an empty file, unless it is there. */
  static void create(Path file) throws IOException {
    try {
      Files.createFile(file, attributes(file));
    } catch (FileAlreadyExistsException e) {
      // Its owner has chosen its mode.
    }
  }
}
