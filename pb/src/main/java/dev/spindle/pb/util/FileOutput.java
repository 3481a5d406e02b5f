// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file that gets its name when it is complete. Opened by the first use. */
final class FileOutput implements PageOutput {
  private final Path path;
  private final Path part;
  private @Nullable OutputStream stream;

  FileOutput(Path path) {
    this.path = path;
    this.part = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID() + ".part");
  }

  @Override
  public void write(ByteString page) throws IOException {
    page.writeTo(opened());
  }

  private OutputStream opened() throws IOException {
    OutputStream current = stream;
    if (current == null) {
      current =
          Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      stream = current;
    }
    return current;
  }

  @Override
  public void close() throws IOException {
    opened().close();
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void abort() throws IOException {
    OutputStream current = stream;
    if (current != null) {
      current.close();
      Files.deleteIfExists(part);
    }
  }
}
