// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.LogStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads one output pipe of a command until its end. Runs on a thread of its own. */
final class OutputPump implements Runnable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int MAX_REOPENINGS = 1000;

  private final LogStream stream;
  private final InputStream pipe;
  private final CommandOutput output;
  private final Runnable onFailure;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long lastActive = System.nanoTime();
  private volatile boolean delivering;
  private volatile @Nullable IOException failure;

  /** Pumps; {@code onFailure} hears at once that the output can no longer be taken. */
  OutputPump(LogStream stream, InputStream pipe, CommandOutput output, Runnable onFailure) {
    this.stream = stream;
    this.pipe = pipe;
    this.output = output;
    this.onFailure = onFailure;
  }

  @Override
  public void run() {
    try (pipe) {
      pump();
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new IOException("interrupted while reading " + stream.wireName(), e));
    } finally {
      delivering = false;
      ended.countDown();
    }
  }

  private void fail(IOException why) {
    failure = why;
    onFailure.run();
  }

  private void pump() throws IOException, InterruptedException {
    byte[] bytes = new byte[BUFFER_BYTES];
    var decoder = new Utf8Reader(BUFFER_BYTES);
    for (int n = read(bytes); n >= 0; n = read(bytes)) {
      deliver(decoder.text(bytes, n));
    }
    deliver(decoder.end());
  }

  /**
   * Reads, even in the moment when the process has ended: Java then closes the pipe and puts what
   * was left in it into memory, and a read that comes in between fails although nothing is lost.
   */
  private int read(byte[] bytes) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return pipe.read(bytes);
      } catch (IOException e) {
        if (attempt == MAX_REOPENINGS) {
          throw e;
        }
        Thread.sleep(1);
      }
    }
  }

  private void deliver(String text) throws IOException, InterruptedException {
    if (!text.isEmpty()) {
      delivering = true;
      output.text(stream, text);
      lastActive = System.nanoTime();
      delivering = false;
    }
  }

  /** Since when nothing came, in nanoseconds; 0 while the reader of the output is slow. */
  long silentNanos() {
    long last =
        lastActive; // Before the flag: a delivery that ends between would look like silence.
    return delivering ? 0 : Math.max(0, System.nanoTime() - last);
  }

  /**
   * Waits for the end of the pipe.
   *
   * @return false when it stays open and silent for {@code patienceNanos}: someone who does not
   *     belong to the command holds it, and the rest is not worth waiting for
   */
  boolean awaitEnd(long patienceNanos) throws InterruptedException {
    long since = System.nanoTime();
    while (!ended.await(patienceNanos / 4, TimeUnit.NANOSECONDS)) {
      if (Math.min(silentNanos(), System.nanoTime() - since) > patienceNanos) {
        return false;
      }
    }
    return true;
  }

  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }
}
