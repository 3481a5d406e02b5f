// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.types.PythonName;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An object of the other side. The same object is the same reference, as long as one is held.
 *
 * <p>Arguments and answers are the plain types (see {@code dev.spindle.pb.jelly}), {@link
 * Referenceable}s of ours and references of this connection, in any depth. Arguments must not be
 * changed until the call is answered.
 *
 * <p>Thread: any. The futures complete on the connection's thread, so what follows on them must not
 * block; waiting for one <em>on</em> that thread throws, since it could never end. They fail with a
 * {@link PbException}, or {@link dev.spindle.pb.banana.UnsendableException} when nothing was sent.
 *
 * <p>The other side keeps the object until it is told to let go: by {@link #close}, or when the
 * reference becomes unreachable.
 */
@PythonName("a reference")
public final class RemoteReference implements AutoCloseable {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final Broker broker;
  private final Holding holding;

  RemoteReference(Broker broker, Holding holding) {
    this.broker = broker;
    this.holding = holding;
  }

  /** Calls a method with positional arguments. */
  public CompletableFuture<@Nullable Object> call(String method, @Nullable Object... args) {
    return call(method, args, Map.of());
  }

  /** Calls a method with positional and keyword arguments. */
  public CompletableFuture<@Nullable Object> call(
      String method, @Nullable Object[] args, Map<String, ? extends @Nullable Object> keywords) {
    return broker.call(this, ByteString.utf8(method), args, keywords, true);
  }

  /** Calls a method whose answer nobody waits for: neither result nor error comes back. */
  public void send(String method, @Nullable Object... args) {
    broker.call(this, ByteString.utf8(method), args, Map.of(), false);
  }

  /** Calls a method without arguments. */
  public CompletableFuture<@Nullable Object> call(String method) {
    return call(method, NO_ARGUMENTS, Map.of());
  }

  /** The connection that it belongs to. */
  public PbConnection connection() {
    return broker;
  }

  /** Lets the object go. Calls that were made are still answered; new ones fail. Safe twice. */
  @Override
  public void close() {
    holding.close();
  }

  Broker broker() {
    return broker;
  }

  Holding holding() {
    return holding;
  }

  @Override
  public String toString() {
    return "RemoteReference[" + holding.id + " at " + broker.remoteAddress() + "]";
  }
}
