// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.depot.TransferException.Reason;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** One call of {@link FtpTransfer#download}. */
final class Download implements TransferTries.Work {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final TransferTries tries;
  private final StoredFile file;
  private final PartFile part;
  private final Progress progress;

  private Download(TransferTries tries, StoredFile file, PartFile part, Progress progress) {
    this.tries = tries;
    this.file = file;
    this.part = part;
    this.progress = progress;
  }

  static StoredFile run(TransferTries tries, Path target, Progress progress)
      throws TransferException, InterruptedException {
    StoredFile file = tries.first().file();
    try (PartFile part = PartFile.open(file, target)) {
      new Download(tries, file, part, progress).fetch();
    }
    return file;
  }

  /** A wrong hash may come of what lay there before or of a broken wire: once more, from zero. */
  private void fetch() throws TransferException, InterruptedException {
    for (int fetched = 0; fetched < 2; fetched++) {
      progress.at(part.length(), file.size());
      tries.run(file.sha256(), this);
      if (part.publish()) {
        return;
      }
    }
    part.remove();
    throw new TransferException(
        file.name().value(),
        Reason.HASH_MISMATCH,
        "fetched twice, and twice it was not the "
            + file.size()
            + " bytes with SHA-256 "
            + file.sha256(),
        null);
  }

  @Override
  public boolean isDone() {
    return part.isComplete();
  }

  @Override
  public long bytesDone() {
    return part.length();
  }

  @Override
  public void goOn(FtpLogin login) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = login.retrieve(part.length())) {
      for (int n = in.read(buffer); n >= 0 && !isTooLong(buffer, n); n = in.read(buffer)) {
        login.moved();
        progress.at(part.length(), file.size());
      }
    }
    if (!part.isComplete()) {
      login.complete();
      throw new IOException(
          "the data ended at byte " + part.length() + ", expected " + file.size());
    }
  }

  private boolean isTooLong(byte[] buffer, int count) throws TransferException {
    return !part.append(buffer, count);
  }
}
