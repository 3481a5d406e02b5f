// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Pages of an array. Has the first at once: it goes out before the answer of who started it. */
final class ArraySource implements PageSource {
  private final byte[] bytes;
  private final int pageBytes;
  private int next;
  private boolean begun;

  ArraySource(byte[] bytes, int pageBytes) {
    this.bytes = bytes;
    this.pageBytes = pageBytes;
  }

  @Override
  public CompletionStage<byte @Nullable []> next(Executor blocking) {
    return CompletableFuture.completedFuture(page());
  }

  private byte @Nullable [] page() {
    if (begun && next == bytes.length) {
      return null;
    }
    begun = true;
    int from = next;
    next += Math.min(pageBytes, bytes.length - from);
    return Arrays.copyOfRange(bytes, from, next);
  }

  @Override
  public void close() {}
}
