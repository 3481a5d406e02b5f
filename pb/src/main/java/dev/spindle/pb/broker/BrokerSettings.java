// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.types.Types;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an endpoint's connections.
 *
 * @param types what travels by value beyond the plain types
 * @param limits of what is read and sent
 * @param maxReferences most objects of ours that the other side may hold at once; the same of
 *     copies that it keeps of ours, and that we keep of its
 * @param maxCallsInFlight most calls of the other side that may be under way at once; reading stops
 *     at it and goes on when some have been answered. While we wait for answers of the other side
 *     ourselves, reading goes on and further calls are refused
 * @param blocking runs the methods that may block
 * @param unsafeTracebacks whether errors that we send tell where in our program they arose
 * @param calls what this side's own calls may take
 * @param listener is told what happens, if there is one
 */
public record BrokerSettings(
    Types types,
    BananaLimits limits,
    int maxReferences,
    int maxCallsInFlight,
    Executor blocking,
    boolean unsafeTracebacks,
    CallLimits calls,
    @Nullable PbListener listener) {

  /**
   * Most references, as Twisted has it: one is refused when the table holds more than this.
   *
   * <p>Source: reference, section 10.5.
   */
  public static final int DEFAULT_MAX_REFERENCES = 1024;

  public static final int DEFAULT_MAX_CALLS_IN_FLIGHT = 4096;

  /** What holds where nothing else is said; methods that may block run where they are called. */
  public static final BrokerSettings DEFAULT =
      new BrokerSettings(
          Types.PLAIN,
          BananaLimits.DEFAULT,
          DEFAULT_MAX_REFERENCES,
          DEFAULT_MAX_CALLS_IN_FLIGHT,
          Runnable::run,
          false,
          CallLimits.DEFAULT,
          null);

  public BrokerSettings withTypes(Types known) {
    return new BrokerSettings(
        known,
        limits,
        maxReferences,
        maxCallsInFlight,
        blocking,
        unsafeTracebacks,
        calls,
        listener);
  }

  public BrokerSettings withLimits(BananaLimits given) {
    return new BrokerSettings(
        types, given, maxReferences, maxCallsInFlight, blocking, unsafeTracebacks, calls, listener);
  }

  public BrokerSettings withMaxReferences(int count) {
    return new BrokerSettings(
        types, limits, count, maxCallsInFlight, blocking, unsafeTracebacks, calls, listener);
  }

  public BrokerSettings withMaxCallsInFlight(int count) {
    return new BrokerSettings(
        types, limits, maxReferences, count, blocking, unsafeTracebacks, calls, listener);
  }

  public BrokerSettings withBlocking(Executor threads) {
    return new BrokerSettings(
        types, limits, maxReferences, maxCallsInFlight, threads, unsafeTracebacks, calls, listener);
  }

  public BrokerSettings withUnsafeTracebacks(boolean sent) {
    return new BrokerSettings(
        types, limits, maxReferences, maxCallsInFlight, blocking, sent, calls, listener);
  }

  public BrokerSettings withCalls(CallLimits own) {
    return new BrokerSettings(
        types, limits, maxReferences, maxCallsInFlight, blocking, unsafeTracebacks, own, listener);
  }

  /** What the listener throws harms nobody. */
  public BrokerSettings withListener(PbListener told) {
    return new BrokerSettings(
        types,
        limits,
        maxReferences,
        maxCallsInFlight,
        blocking,
        unsafeTracebacks,
        calls,
        IsolatedListener.of(told));
  }
}
