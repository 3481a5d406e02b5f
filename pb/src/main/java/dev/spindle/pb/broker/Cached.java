// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.ByReference;
import dev.spindle.pb.types.PythonName;
import dev.spindle.pb.types.RemoteCache;
import org.jspecify.annotations.Nullable;

/**
 * Holds our copy of an object of the other side. The same copy is the same {@code Cached}, wherever
 * it is mentioned, as long as one is held; sent back, it arrives as the other side's own object.
 *
 * <p>Keep this and not the copy alone: the copy is kept up to date until this is {@linkplain
 * #close() closed} or becomes unreachable. A copy that refers to its own {@code Cached} never
 * becomes unreachable by itself.
 *
 * <p>Thread: any.
 */
@PythonName("a cache")
public final class Cached implements ByReference, AutoCloseable {
  private final Broker broker;
  private final CacheHolding holding;
  private final RemoteCache copy;
  private volatile boolean ended;

  Cached(Broker broker, CacheHolding holding, RemoteCache copy) {
    this.broker = broker;
    this.holding = holding;
    this.copy = copy;
  }

  /**
   * The copy.
   *
   * @param type its class, as it was registered
   * @throws ClassCastException when it is of another, naming both
   */
  public <T> T get(Class<T> type) {
    if (!type.isInstance(copy)) {
      throw new ClassCastException(
          "expected a copy of " + type.getName() + ", found one of " + copy.getClass().getName());
    }
    return type.cast(copy);
  }

  /** Whether the copy is kept up to date: until the owner or the connection has ended that. */
  public boolean isLive() {
    return !ended && !holding.isClosed();
  }

  /** The connection that it belongs to. */
  public PbConnection connection() {
    return broker;
  }

  /** Lets go of the copy, which soon is kept up to date no longer. Safe twice. */
  @Override
  public void close() {
    holding.close();
  }

  Broker broker() {
    return broker;
  }

  CacheHolding holding() {
    return holding;
  }

  /**
   * Whether its owner may know it no longer: it has ended it, or was told that we let go. Thread:
   * the connection's.
   */
  boolean mayBeUnknown() {
    return ended || holding.isPaid();
  }

  /** No update will come any more. Thread: the connection's. */
  static void end(@Nullable Cached cached) {
    if (cached != null) {
      cached.ended = true;
    }
  }

  @Override
  public String toString() {
    return "Cached[" + holding.id + " at " + broker.remoteAddress() + "]";
  }
}
