// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/**
 * A pipe of our own for a command's output. Java closes the ones it makes as soon as the root has
 * ended, and whoever still writes, such as the last stage of a pipeline, would be killed by that.
 * This one ends when the last process that has it is gone.
 *
 * <p>Java can neither make a pipe nor pass one on by its number, but it opens files, and Linux
 * shows each end as one.
 */
final class OutputPipe implements Closeable {
  private static final String DESCRIPTORS = "/proc/self/fd/";

  private final int writeEnd;
  private final IntConsumer closer;
  private final FileInputStream in;
  private boolean writeEndClosed;

  /** Takes over both ends of a new pipe. */
  OutputPipe(int readEnd, int writeEnd, IntConsumer closer) throws IOException {
    this.writeEnd = writeEnd;
    this.closer = closer;
    try {
      in = new FileInputStream(DESCRIPTORS + readEnd);
    } catch (IOException e) {
      closeWriteEnd();
      throw e;
    } finally {
      closer.accept(readEnd);
    }
  }

  /** Where a command is to write, until {@link #closeWriteEnd}. */
  File file() {
    return new File(DESCRIPTORS + writeEnd);
  }

  InputStream in() {
    return in;
  }

  /** Leaves the writing to the command alone. */
  synchronized void closeWriteEnd() {
    if (!writeEndClosed) {
      writeEndClosed = true;
      closer.accept(writeEnd);
    }
  }

  /** For a command that was not started. */
  @Override
  public void close() throws IOException {
    closeWriteEnd();
    in.close();
  }
}
