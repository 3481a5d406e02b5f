// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.RemoteCache;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an object of the other side, until that ends it: updates, and mentions in further
 * values, may be on their way long after the user has let go.
 *
 * <p>Thread: the connection's.
 */
final class CacheImport {
  final Long number;
  private final RemoteCache copy;
  private final Callee callee;
  private @Nullable WeakReference<Cached> held;

  /**
   * @throws IllegalArgumentException when the copy's class exposes what cannot be
   */
  CacheImport(Long number, RemoteCache copy, MethodTables tables) {
    this.number = number;
    this.copy = copy;
    this.callee = Callee.ofCache(copy, tables);
  }

  RemoteCache copy() {
    return copy;
  }

  /** What updates are made on. */
  Callee callee() {
    return callee;
  }

  void held(Cached by) {
    held = new WeakReference<>(by);
  }

  /** Who holds the copy, if anybody does. */
  @Nullable Cached holder() {
    Cached holder = held == null ? null : held.get();
    return holder == null || holder.holding().isClosed() ? null : holder;
  }
}
