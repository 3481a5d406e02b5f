// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The copy of a {@link Cacheable} at the other side, to be told what changes. Its methods there are
 * {@code observe_NAME} in Twisted, and {@link Exposed} ones in Java.
 *
 * <p>Thread: any. Updates arrive in the order in which they were made, whichever threads made them,
 * and on the connection's thread before whatever is sent next. What follows on a future must not
 * block.
 */
public final class Observer {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final Broker broker;
  private final Long number;
  private final @Nullable Object perspective;
  private volatile boolean ended;

  Observer(Broker broker, Long number, @Nullable Object perspective) {
    this.broker = broker;
    this.number = number;
    this.perspective = perspective;
  }

  /**
   * Calls a method of the copy. The future fails as those of {@link RemoteReference} do; with a
   * {@link DeadReferenceException} once the copy was let go, with an {@link UnsentLimitException}
   * when there is no room for it.
   */
  public CompletableFuture<@Nullable Object> call(String method, @Nullable Object... args) {
    return call(method, RemoteReference.oneIfNull(args), Map.of());
  }

  /** Calls a method with positional and keyword arguments. */
  public CompletableFuture<@Nullable Object> call(
      String method, @Nullable Object[] args, Map<String, ? extends @Nullable Object> keywords) {
    if (args == null) {
      // What call("m", null, null) means: a compiler takes this method for it and not the other.
      return call(method, new Object[] {null, keywords}, Map.of());
    }
    return update(method, args, keywords, true);
  }

  /** Calls a method without arguments. */
  public CompletableFuture<@Nullable Object> call(String method) {
    return call(method, NO_ARGUMENTS, Map.of());
  }

  /**
   * Tells the copy something and waits for no answer. Nothing happens once it was let go. An update
   * for which there is no room, since the other side does not read, ends the connection: the copy
   * would be wrong from then on.
   */
  public void send(String method, @Nullable Object... args) {
    update(method, RemoteReference.oneIfNull(args), Map.of(), false);
  }

  private CompletableFuture<@Nullable Object> update(
      String method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords,
      boolean wanted) {
    PendingUpdate update =
        new PendingUpdate(broker, this, ByteString.utf8(method), args, keywords, wanted);
    broker.updates().add(update);
    return update;
  }

  /** On whose behalf the copy is kept: empty when nobody is logged in. */
  public Optional<Object> perspective() {
    return Optional.ofNullable(perspective);
  }

  /** The connection on which the copy is. */
  public PbConnection connection() {
    return broker;
  }

  @Nullable Object perspectiveOrNull() {
    return perspective;
  }

  Long number() {
    return number;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Nobody is there to be told any more. Thread: the connection's. */
  void end() {
    ended = true;
  }

  @Override
  public String toString() {
    return "Observer[" + number + " at " + broker.remoteAddress() + "]";
  }
}
