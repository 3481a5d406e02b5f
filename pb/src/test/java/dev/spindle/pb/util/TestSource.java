// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A source that has what a test gives it, and counts what is asked of it. */
final class TestSource implements PageSource {
  private final Queue<CompletableFuture<byte[]>> given = new ArrayDeque<>();
  private final Queue<CompletableFuture<byte[]>> asked = new ArrayDeque<>();
  int asks;
  int closes;

  /** Gives the next page, now or when it is asked for. */
  TestSource give(String page) {
    return give(CompletableFuture.completedFuture(Texts.bytes(page)));
  }

  TestSource end() {
    return give(CompletableFuture.completedFuture(null));
  }

  TestSource fail(Throwable why) {
    return give(CompletableFuture.failedFuture(why));
  }

  private TestSource give(CompletableFuture<byte[]> page) {
    CompletableFuture<byte[]> waiting = asked.poll();
    if (waiting == null) {
      given.add(page);
    } else {
      page.whenComplete(
          (bytes, error) -> {
            if (error == null) {
              waiting.complete(bytes);
            } else {
              waiting.completeExceptionally(error);
            }
          });
    }
    return this;
  }

  @Override
  public CompletionStage<byte[]> next(Executor blocking) {
    asks++;
    CompletableFuture<byte[]> ready = given.poll();
    if (ready != null) {
      return ready;
    }
    CompletableFuture<byte[]> page = new CompletableFuture<>();
    asked.add(page);
    return page;
  }

  @Override
  public void close() {
    closes++;
  }
}
