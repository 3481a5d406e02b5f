// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.depot.FtpTransfer;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.file.Path;

/** Moves files by FTP, as grants of a depot allow. Thread: any; closing ends every transfer. */
public final class FtpFiles implements FileTransfer, AutoCloseable {
  private final FtpTransfer ftp = new FtpTransfer();

  @Override
  public void fetch(GrantSource grants, StoredFile file, Path target, TransferProgress progress)
      throws IOException, InterruptedException {
    ftp.download(grants::next, target, (done, total) -> progress.moved(done));
  }

  @Override
  public void send(GrantSource grants, Path source, StoredFile file, TransferProgress progress)
      throws IOException, InterruptedException {
    ftp.upload(grants::next, source, (done, total) -> progress.moved(done));
  }

  @Override
  public void close() {
    ftp.close();
  }
}
