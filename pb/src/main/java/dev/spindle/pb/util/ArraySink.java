// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Gathers pages in memory. Keeps bytes, not pages: many empty ones cost nothing. */
final class ArraySink implements PageSink<byte[]> {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public CompletionStage<?> take(List<ByteString> pages, Executor blocking) {
    try {
      for (ByteString page : pages) {
        page.writeTo(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<byte[]> ended(Executor blocking) {
    return CompletableFuture.completedFuture(bytes.toByteArray());
  }

  @Override
  public void abort(Throwable why) {}
}
