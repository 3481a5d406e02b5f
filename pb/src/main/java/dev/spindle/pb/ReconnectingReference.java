// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
  private final long deadlineNanos;

  /**
   * @param deadlineNanos for each call, from when it is made; 0 for any
   */
  ReconnectingReference(WaitingRoom room, long deadlineNanos) {
    this.room = room;
    this.deadlineNanos = deadlineNanos;
  }

  /** Calls a method with positional arguments, which must not be changed until it is answered. */
  public CompletableFuture<@Nullable Object> call(String method, @Nullable Object... args) {
    return call(method, oneIfNull(args), Map.of());
  }

  /** Calls a method with positional and keyword arguments. */
  public CompletableFuture<@Nullable Object> call(
      String method, @Nullable Object[] args, Map<String, ? extends @Nullable Object> keywords) {
    if (args == null) {
      // What call("m", null, null) means: a compiler takes this method for it and not the other.
      return call(method, new Object[] {null, keywords}, Map.of());
    }
    return begin(new WaitingCall(room, method, args, keywords, true, deadlineNanos));
  }

  /** Calls a method whose answer nobody waits for. May be lost with the connection, in silence. */
  public void send(String method, @Nullable Object... args) {
    begin(new WaitingCall(room, method, oneIfNull(args), Map.of(), false, deadlineNanos));
  }

  /** As a {@link RemoteReference} has it: an array of one None, and not no array. */
  private static @Nullable Object[] oneIfNull(@Nullable Object @Nullable [] args) {
    return args == null ? new Object[] {null} : args;
  }

  private WaitingCall begin(WaitingCall call) {
    room.enter(call);
    return call;
  }

  /** The same, whose calls are each given so long, waiting for a connection included. */
  public ReconnectingReference withDeadline(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("a deadline of " + deadline + ": expected a time to come");
    }
    Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
    return new ReconnectingReference(
        room, (deadline.compareTo(longest) < 0 ? deadline : longest).toNanos());
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
