// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.StandingTarget;
import dev.spindle.pb.types.Types;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The root object or perspective of a {@link ReconnectingClient}, whichever connection it is on.
 *
 * <p>While there is no connection a call waits or fails, as the client was told. A call that was
 * sent is never sent again: when the connection ends before its answer, it fails with {@link
 * dev.spindle.pb.broker.ConnectionLostException}, for it may have been carried out. One of which
 * certainly nothing was sent waits for the next connection.
 *
 * <p>Thread: any; futures complete as those of {@link RemoteReference}, or on a thread of the
 * client's while the call waits.
 */
public final class ReconnectingReference {
  private final WaitingRoom room;
  private final Types types;
  private final long deadlineNanos;
  private final StandingTarget standing = new Standing();

  /**
   * @param deadlineNanos for each call, from when it is made; 0 for any
   */
  ReconnectingReference(WaitingRoom room, Types types, long deadlineNanos) {
    this.room = room;
    this.types = types;
    this.deadlineNanos = deadlineNanos;
  }

  /** Calls a method with positional arguments, which must not be changed until it is answered. */
  public CompletableFuture<@Nullable Object> call(String method, @Nullable Object... args) {
    return begin(method, target -> target.call(method, args));
  }

  /** Calls a method with positional and keyword arguments. */
  public CompletableFuture<@Nullable Object> call(
      String method, @Nullable Object[] args, Map<String, ? extends @Nullable Object> keywords) {
    return begin(method, target -> target.call(method, args, keywords));
  }

  /** Calls a method whose answer nobody waits for. May be lost with the connection, in silence. */
  public void send(String method, @Nullable Object... args) {
    begin(method, said(target -> target.send(method, args)));
  }

  /** The same with keyword arguments. */
  public void send(
      String method, @Nullable Object[] args, Map<String, ? extends @Nullable Object> keywords) {
    begin(method, said(target -> target.send(method, args, keywords)));
  }

  private static Function<RemoteReference, CompletableFuture<@Nullable Object>> said(
      Consumer<RemoteReference> saying) {
    return target -> {
      saying.accept(target);
      return CompletableFuture.completedFuture(null);
    };
  }

  private WaitingCall begin(
      String method, Function<RemoteReference, CompletableFuture<@Nullable Object>> calling) {
    WaitingCall call = new WaitingCall(room, method, calling, deadlineNanos);
    room.enter(call);
    return call;
  }

  /**
   * The object, to be called by the methods of an interface: on the connection that stands, or when
   * there is one, as {@link #call} does. What is said at {@link RemoteReference#as} holds, but that
   * {@code close()} of {@link AutoCloseable} does nothing: {@link ReconnectingClient#close} ends
   * it.
   *
   * @throws IllegalArgumentException when the interface cannot be called: names it, the method and
   *     the type
   */
  public <T> T as(Class<T> face) {
    return StandingTarget.as(face, types, standing);
  }

  /** Takes the calls of an interface. */
  private final class Standing implements StandingTarget {
    @Override
    public CompletableFuture<@Nullable Object> call(
        String method, Function<RemoteReference, CompletableFuture<@Nullable Object>> calling) {
      return begin(method, calling);
    }

    @Override
    public boolean isConnectionThread() {
      return ConnectionThread.isCurrent();
    }

    @Override
    public String toString() {
      return ReconnectingReference.this.toString();
    }
  }

  /** The same, whose calls are each given so long, waiting for a connection included. */
  public ReconnectingReference withDeadline(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("a deadline of " + deadline + ": expected a time to come");
    }
    Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
    return new ReconnectingReference(
        room, types, (deadline.compareTo(longest) < 0 ? deadline : longest).toNanos());
  }

  /** The same, whose calls may take any time, whatever the client's default is. */
  public ReconnectingReference withoutDeadline() {
    return new ReconnectingReference(room, types, 0);
  }

  /** The reference on the connection that stands now, if one does. Good for that one alone. */
  public Optional<RemoteReference> current() {
    return Optional.ofNullable(room.current());
  }

  @Override
  public String toString() {
    return "ReconnectingReference of " + room;
  }
}
