// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.types.Types;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an endpoint's connections.
 *
 * <p>Thread: any. Immutable: each change makes others.
 */
public final class BrokerSettings {

  /**
   * Most references, as Twisted has it: one is refused when the table holds more than this.
   *
   * <p>Source: reference, section 10.5.
   */
  public static final int DEFAULT_MAX_REFERENCES = 1024;

  public static final int DEFAULT_MAX_CALLS_IN_FLIGHT = 4096;

  /** What holds where nothing else is said; methods that may block run where they are called. */
  public static final BrokerSettings DEFAULT = new BrokerSettings();

  private Types types = Types.PLAIN;
  private BananaLimits limits = BananaLimits.DEFAULT;
  private int maxReferences = DEFAULT_MAX_REFERENCES;
  private int maxCallsInFlight = DEFAULT_MAX_CALLS_IN_FLIGHT;
  private Executor blocking = Runnable::run;
  private boolean unsafeTracebacks;
  private CallLimits calls = CallLimits.DEFAULT;
  private @Nullable PbListener listener;

  private BrokerSettings() {}

  private BrokerSettings changed(Consumer<BrokerSettings> change) {
    BrokerSettings copy = new BrokerSettings();
    copy.types = types;
    copy.limits = limits;
    copy.maxReferences = maxReferences;
    copy.maxCallsInFlight = maxCallsInFlight;
    copy.blocking = blocking;
    copy.unsafeTracebacks = unsafeTracebacks;
    copy.calls = calls;
    copy.listener = listener;
    change.accept(copy);
    return copy;
  }

  /** What travels by value beyond the plain types. */
  public Types types() {
    return types;
  }

  public BrokerSettings withTypes(Types known) {
    return changed(copy -> copy.types = known);
  }

  /** Of what is read and sent. */
  public BananaLimits limits() {
    return limits;
  }

  public BrokerSettings withLimits(BananaLimits given) {
    return changed(copy -> copy.limits = given);
  }

  /**
   * Most objects of ours that the other side may hold at once; the same of copies that it keeps of
   * ours, and that we keep of its.
   */
  public int maxReferences() {
    return maxReferences;
  }

  public BrokerSettings withMaxReferences(int count) {
    return changed(copy -> copy.maxReferences = count);
  }

  /**
   * Most calls of the other side that may be under way at once; reading stops at it and goes on
   * when some have been answered. While we wait for answers of the other side ourselves, reading
   * goes on and further calls are refused.
   */
  public int maxCallsInFlight() {
    return maxCallsInFlight;
  }

  public BrokerSettings withMaxCallsInFlight(int count) {
    return changed(copy -> copy.maxCallsInFlight = count);
  }

  /** Runs the methods that may block. */
  public Executor blocking() {
    return blocking;
  }

  public BrokerSettings withBlocking(Executor threads) {
    return changed(copy -> copy.blocking = threads);
  }

  /** Whether errors that we send tell where in our program they arose. */
  public boolean unsafeTracebacks() {
    return unsafeTracebacks;
  }

  public BrokerSettings withUnsafeTracebacks(boolean sent) {
    return changed(copy -> copy.unsafeTracebacks = sent);
  }

  /** What this side's own calls may take. */
  public CallLimits calls() {
    return calls;
  }

  public BrokerSettings withCalls(CallLimits own) {
    return changed(copy -> copy.calls = own);
  }

  /** Is told what happens; null when nobody is. */
  public @Nullable PbListener listener() {
    return listener;
  }

  /** What the listener throws harms nobody. */
  public BrokerSettings withListener(PbListener told) {
    return changed(copy -> copy.listener = IsolatedListener.of(told));
  }
}
