// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.micrometer;

import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.PbListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections, logins and calls in a registry of Micrometer's. One listener may serve any
 * number of endpoints.
 *
 * <table>
 * <caption>What is measured</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th></tr>
 * <tr><td>{@code pb.connections}</td><td>gauge: open now</td><td></td></tr>
 * <tr><td>{@code pb.connections.opened}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code pb.connections.dropped}</td><td>counter: for a broken rule or limit</td><td></td>
 * </tr>
 * <tr><td>{@code pb.logins}</td><td>counter</td><td>{@code outcome}: succeeded, refused</td></tr>
 * <tr><td>{@code pb.calls}</td><td>timer</td><td>{@code direction}: in, out; {@code method};
 * {@code outcome}</td></tr>
 * <tr><td>{@code pb.calls.active}</td><td>gauge: begun and not ended</td><td>{@code direction}</td>
 * </tr>
 * <tr><td>{@code pb.bytes}</td><td>counter: messages of calls and answers</td><td>{@code
 * direction}: received, sent</td></tr>
 * <tr><td>{@code pb.values.refused}</td><td>counter</td><td></td></tr>
 * </table>
 *
 * <p>Tags have few values, whatever peers do: a method that is not exposed, and any beyond the
 * first {@value #MAX_METHODS}, is {@code other}. Names of users and peers are no tags.
 *
 * <p>Thread: any.
 */
public final class MicrometerListener implements PbListener {
  /** Most methods that are told apart, in each direction. */
  static final int MAX_METHODS = 500;

  private final AtomicInteger open = new AtomicInteger();
  private final Counter opened;
  private final Counter dropped;
  private final Counter loginsSucceeded;
  private final Counter loginsRefused;
  private final Counter refused;
  private final Counter received;
  private final Counter sent;
  private final CallTimers in;
  private final CallTimers out;

  public MicrometerListener(MeterRegistry registry) {
    registry.gauge("pb.connections", open);
    opened = registry.counter("pb.connections.opened");
    dropped = registry.counter("pb.connections.dropped");
    loginsSucceeded = registry.counter("pb.logins", "outcome", "succeeded");
    loginsRefused = registry.counter("pb.logins", "outcome", "refused");
    refused = registry.counter("pb.values.refused");
    received = registry.counter("pb.bytes", "direction", "received");
    sent = registry.counter("pb.bytes", "direction", "sent");
    in = new CallTimers(registry, word(Direction.IN));
    out = new CallTimers(registry, word(Direction.OUT));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void opened(PbConnection connection) {
    open.incrementAndGet();
    opened.increment();
  }

  @Override
  public void closed(PbConnection connection, ConnectionLostException why) {
    open.decrementAndGet();
  }

  @Override
  public void dropped(PbConnection connection, String why) {
    dropped.increment();
  }

  @Override
  public void loginSucceeded(PbConnection connection, String who) {
    loginsSucceeded.increment();
  }

  @Override
  public void loginRefused(PbConnection connection, String who, Throwable why) {
    loginsRefused.increment();
  }

  @Override
  public void valueRefused(PbConnection connection, String why) {
    refused.increment();
  }

  @Override
  public void callStarted(PbConnection connection, Call call) {
    timers(call).started();
  }

  @Override
  public void callEnded(PbConnection connection, Call call, CallEnd end) {
    timers(call).ended(call, end);
    boolean theirs = call.direction() == Direction.IN;
    received.increment(theirs ? end.requestBytes() : end.answerBytes());
    sent.increment(theirs ? end.answerBytes() : end.requestBytes());
  }

  private CallTimers timers(Call call) {
    return call.direction() == Direction.IN ? in : out;
  }

  @Override
  public String toString() {
    return "MicrometerListener";
  }
}
