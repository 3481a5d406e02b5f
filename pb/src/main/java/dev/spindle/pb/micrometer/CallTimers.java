// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.micrometer;

import dev.spindle.pb.broker.PbListener.Call;
import dev.spindle.pb.broker.PbListener.CallEnd;
import dev.spindle.pb.broker.PbListener.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The calls of one direction: a timer for each method and outcome, made when first needed. */
final class CallTimers {
  private static final String OTHER = "other";
  private static final int OUTCOMES = Outcome.values().length;

  /** The timers of one method, by the place of the outcome. */
  private final class Method {
    private final String name;
    private final AtomicReferenceArray<@Nullable Timer> byOutcome =
        new AtomicReferenceArray<>(OUTCOMES);

    Method(String name) {
      this.name = name;
    }

    Timer timer(Outcome outcome) {
      Timer timer = byOutcome.get(outcome.ordinal());
      if (timer == null) {
        timer =
            registry.timer(
                "pb.calls",
                Tags.of("direction", direction, "method", name)
                    .and("outcome", MicrometerListener.word(outcome)));
        byOutcome.set(outcome.ordinal(), timer);
      }
      return timer;
    }
  }

  private final MeterRegistry registry;
  private final String direction;
  private final AtomicInteger active = new AtomicInteger();
  private final Map<String, Method> methods = new ConcurrentHashMap<>();
  private final Method other = new Method(OTHER);

  CallTimers(MeterRegistry registry, String direction) {
    this.registry = registry;
    this.direction = direction;
    registry.gauge("pb.calls.active", Tags.of("direction", direction), active);
  }

  void started() {
    active.incrementAndGet();
  }

  void ended(Call call, CallEnd end) {
    active.decrementAndGet();
    method(call).timer(end.outcome()).record(end.duration());
  }

  private Method method(Call call) {
    if (!call.isKnown()) {
      return other;
    }
    Method method = methods.get(call.method());
    if (method == null) {
      // A few too many when several come at once: it is a bound of memory, not a promise.
      method =
          methods.size() < MicrometerListener.MAX_METHODS
              ? methods.computeIfAbsent(call.method(), Method::new)
              : other;
    }
    return method;
  }
}
