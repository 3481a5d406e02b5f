// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.types.PythonName;
import dev.spindle.pb.types.RemoteObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An object of the other side. The same object is the same reference, as long as one is held, to
 * each perspective that received it: that one is in force for what is sent to it (see {@link
 * Viewable}).
 *
 * <p>Arguments and answers are the plain types (see {@code dev.spindle.pb.jelly}), {@link
 * Referenceable}s of ours and references of this connection, in any depth. Arguments must not be
 * changed until the call is answered.
 *
 * <p>Thread: any. The futures complete on the connection's thread, so what follows on them must not
 * block; waiting for one <em>on</em> a connection's thread, that one or another, throws, since it
 * could never end or would hold up others. They fail with a {@link PbException}, or {@link
 * dev.spindle.pb.banana.UnsendableException} when nothing was sent. A future may be cancelled, or
 * completed by the caller: the other side is not told, and its answer is dropped when it comes.
 *
 * <p>The other side keeps the object until it is told to let go: by {@link #close}, or when the
 * reference becomes unreachable.
 */
@PythonName("a reference")
public final class RemoteReference implements RemoteObject, AutoCloseable {
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  private final Broker broker;
  private final Holding holding;

  /** On whose behalf it was received: in force for what is sent to it. */
  private final @Nullable Object perspective;

  /** The time that each call is given; 0 for any. */
  private final long deadlineNanos;

  /** What this is a view of: the cleaner's eye is on that one, which has to stay as long. */
  private final @Nullable RemoteReference viewed;

  RemoteReference(Broker broker, Holding holding, @Nullable Object perspective) {
    this(broker, holding, perspective, broker.deadlineNanos(), null);
  }

  private RemoteReference(
      Broker broker,
      Holding holding,
      @Nullable Object perspective,
      long deadlineNanos,
      @Nullable RemoteReference viewed) {
    this.broker = broker;
    this.holding = holding;
    this.perspective = perspective;
    this.deadlineNanos = deadlineNanos;
    this.viewed = viewed;
  }

  /**
   * The same reference, whose calls fail with {@link DeadlineExceededException} when they are not
   * answered in time. The time runs from when a call is made, whatever it waits for; it is kept to
   * the millisecond.
   *
   * <p>Equal to this one, and one with it: closing either closes both.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public RemoteReference withDeadline(Duration deadline) {
    return view(CallLimits.nanos(deadline));
  }

  /** The same reference, whose calls may take any time, whatever the endpoint's default is. */
  public RemoteReference withoutDeadline() {
    return view(0);
  }

  private RemoteReference view(long nanos) {
    return new RemoteReference(broker, holding, perspective, nanos, viewed == null ? this : viewed);
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** Calls a method with positional arguments. */
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
    return broker.call(this, ByteString.utf8(method), args, keywords, true);
  }

  /** Calls a method whose answer nobody waits for: neither result nor error comes back. */
  public void send(String method, @Nullable Object... args) {
    send(method, oneIfNull(args), Map.of());
  }

  /** The same with keyword arguments. */
  public void send(
      String method, @Nullable Object[] args, Map<String, ? extends @Nullable Object> keywords) {
    if (args == null) {
      // As in call(): what send("m", null, null) means.
      send(method, new Object[] {null, keywords}, Map.of());
    } else {
      broker.call(this, ByteString.utf8(method), args, keywords, false);
    }
  }

  /** What {@code call("m", null)} means: an array of one None, and not no array. */
  static @Nullable Object[] oneIfNull(@Nullable Object @Nullable [] args) {
    return args == null ? new Object[] {null} : args;
  }

  /** Calls a method without arguments. */
  public CompletableFuture<@Nullable Object> call(String method) {
    return call(method, NO_ARGUMENTS, Map.of());
  }

  /**
   * The object, to be called by the methods of an interface.
   *
   * <p>Each abstract method is a remote one, under its own name or that of its {@link Exposed}. One
   * that returns a {@link java.util.concurrent.CompletionStage} or {@link CompletableFuture}
   * returns at once, as {@link #call} does. One that returns anything else waits for the answer,
   * and throws what the call failed with; it must not be called on the connection's own thread.
   * Arguments and answers are converted as the endpoint's {@link dev.spindle.pb.types.Types} say:
   * an argument that does not fit fails with {@link dev.spindle.pb.banana.UnsendableException}
   * before anything is sent, an answer with {@link AnswerMismatchException}.
   *
   * <p>Parameters: an empty {@link java.util.Optional} at the end is left out, {@code Object...}
   * are further arguments, {@link Keyword} and {@link Keywords} go by name. Methods marked {@link
   * OneWay} wait for nothing. Methods with a body run here, unless marked {@link Exposed}; {@code
   * close()} of {@link AutoCloseable} closes this reference.
   *
   * <p>Two are equal when they are of one reference and one interface.
   *
   * @throws IllegalArgumentException when the interface cannot be called: names it, the method and
   *     the type
   */
  @Override
  public <T> T as(Class<T> face) {
    RemoteInterface called = broker.tables().called(face);
    return face.cast(called.proxyOf(new TypedProxy(called, this)));
  }

  /** The reference beneath what {@link #as} made, or none. */
  public static Optional<RemoteReference> behind(Object proxy) {
    return Optional.ofNullable((RemoteReference) RemoteObject.behind(proxy));
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

  @Nullable Object perspective() {
    return perspective;
  }

  /** Whether it is the same reference, with whatever deadline. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RemoteReference reference && reference.holding == holding;
  }

  @Override
  public int hashCode() {
    return holding.hashCode();
  }

  @Override
  public String toString() {
    return "RemoteReference[" + holding.id + " at " + broker.remoteAddress() + "]";
  }
}
