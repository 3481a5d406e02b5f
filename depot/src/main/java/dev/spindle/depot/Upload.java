// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.depot.TransferException.Reason;
import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One call of {@link FtpTransfer#upload}. */
final class Upload implements TransferTries.Work {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final StoredFile file;
  private final FileChannel source;
  private final Progress progress;
  private long bytesDone;
  private boolean done;

  private Upload(StoredFile file, FileChannel source, Progress progress) {
    this.file = file;
    this.source = source;
    this.progress = progress;
  }

  static void run(TransferTries tries, Path path, Progress progress)
      throws TransferException, InterruptedException {
    Grant first = tries.first();
    StoredFile file = first.file();
    try (FileChannel source = FileChannel.open(path, StandardOpenOption.READ)) {
      Upload upload = new Upload(file, source, progress);
      upload.checkSize();
      if (first.offset() < file.size()) {
        tries.run(file.sha256(), upload);
      }
      progress.at(file.size(), file.size());
    } catch (TransferException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public long bytesDone() {
    return bytesDone;
  }

  @Override
  public void goOn(FtpLogin login) throws IOException {
    bytesDone = login.size();
    if (bytesDone > file.size()) {
      throw new IOException("the depot claims " + bytesDone + " bytes of " + file.size());
    }
    progress.at(bytesDone, file.size());
    try (OutputStream out = login.store(bytesDone)) {
      send(out, login);
    } catch (TransferException e) {
      throw e;
    } catch (IOException e) {
      // The depot stops reading when it has a reason; that says more than the broken pipe.
      Optional<FtpReplyException> verdict = login.verdict();
      throw verdict.isPresent() ? verdict.get() : e;
    }
    login.complete();
    done = true;
  }

  private void send(OutputStream out, FtpLogin login) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (bytesDone < file.size()) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, file.size() - bytesDone));
      int n = read(buffer);
      out.write(buffer.array(), 0, n);
      bytesDone += n;
      login.moved();
      progress.at(bytesDone, file.size());
    }
  }

  private int read(ByteBuffer buffer) throws TransferException {
    try {
      int n = source.read(buffer, bytesDone);
      if (n < 0) {
        throw changed(bytesDone);
      }
      return n;
    } catch (TransferException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private void checkSize() throws TransferException {
    long now;
    try {
      now = source.size();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (now != file.size()) {
      throw changed(now);
    }
  }

  private TransferException changed(long size) {
    return new TransferException(
        file.name().value(),
        Reason.SOURCE_CHANGED,
        "it has " + size + " bytes now, but " + file.size() + " were offered",
        null);
  }

  private static TransferException unreadable(StoredFile file, IOException e) {
    return new TransferException(
        file.name().value(), Reason.LOCAL_FILE, "cannot be read: " + e.getMessage(), e);
  }
}
