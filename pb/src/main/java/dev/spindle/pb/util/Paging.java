// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.broker.RemoteReference;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls that are answered in pages: methods that take a collector as their first argument. */
public final class Paging {

  /** Most bytes that {@link #getAllPages} gathers in memory. */
  public static final long DEFAULT_MAX_BYTES = 64L << 20;

  private Paging() {}

  /**
   * Calls a method and gives the bytes of all the pages that it sends, at most {@link
   * #DEFAULT_MAX_BYTES}; as {@link #collect}.
   */
  public static CompletableFuture<byte[]> getAllPages(
      RemoteReference target, String method, @Nullable Object... args) {
    return collect(PageCollector.of(PageSink.bytes(), DEFAULT_MAX_BYTES), target, method, args);
  }

  /**
   * Calls a method with a collector before the other arguments, and gives what it collected. The
   * method's answer is not waited for, but an error that comes before the last page fails the
   * transfer, as does whatever else {@link PageCollector#done} names. So the future comes to an end
   * unless the other side keeps the collector for ever.
   *
   * <p>A collector that has served already makes it fail with a {@link PagingException}, and
   * nothing is called.
   */
  public static <T extends @Nullable Object> CompletableFuture<T> collect(
      PageCollector<T> collector, RemoteReference target, String method, @Nullable Object... args) {
    // A null in the place of the array is one None, as in RemoteReference.call.
    @Nullable Object[] others = args == null ? new Object[] {null} : args;
    @Nullable Object[] all = new Object[others.length + 1];
    all[0] = collector;
    System.arraycopy(others, 0, all, 1, others.length);
    return collector.begin(target, method, all);
  }
}
