// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.depot.FtpTransfer;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Moves files by FTP, as grants of a depot allow. Thread: any; closing ends every transfer. */
public final class FtpFiles implements FileTransfer, AutoCloseable {
  private final FtpTransfer ftp = new FtpTransfer();

  @Override
  public void fetch(GrantSource grants, StoredFile file, Path target, TransferProgress progress)
      throws IOException, InterruptedException {
    try {
      ftp.download(once(grants), target, (done, total) -> progress.moved(done));
    } catch (UncheckedIOException refused) {
      throw refused.getCause();
    }
  }

  @Override
  public void send(GrantSource grants, Path source, StoredFile file, TransferProgress progress)
      throws IOException, InterruptedException {
    try {
      ftp.upload(once(grants), source, (done, total) -> progress.moved(done));
    } catch (UncheckedIOException refused) {
      throw refused.getCause();
    }
  }

  /** A worker's source has waited and tried by itself: what it throws ends the transfer. */
  private static dev.spindle.depot.GrantSource once(GrantSource grants) {
    return () -> {
      try {
        return grants.next();
      } catch (IOException refused) {
        throw new UncheckedIOException(refused);
      }
    };
  }

  @Override
  public void close() {
    ftp.close();
  }
}
