// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a wrong password costs: the answer comes later, and later again with every further one from
 * the same address. Right ones are never delayed, for many workers may share an address.
 *
 * <p>Thread: any.
 */
final class LoginThrottle {
  static final Duration FIRST = Duration.ofMillis(250);
  static final Duration LONGEST = Duration.ofSeconds(5);

  /** Good conduct after which an address starts afresh. */
  static final Duration MEMORY = Duration.ofMinutes(1);

  /** Addresses kept; the oldest gives way. */
  static final int MAX_ADDRESSES = 4096;

  private final LongSupplier nanoClock;
  private final Map<InetAddress, Failures> byAddress = new LinkedHashMap<>() { // guarded by this
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Failures> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  private record Failures(int count, long lastNanos) {}

  LoginThrottle(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Notes a failure; answers with how long its answer has to wait. */
  synchronized Duration failed(InetAddress address) {
    long now = nanoClock.getAsLong();
    Failures before = byAddress.remove(address);
    boolean fresh = before == null || now - before.lastNanos() > MEMORY.toNanos();
    int count = fresh ? 1 : before.count() + 1;
    byAddress.put(address, new Failures(count, now));
    // Doubled with each; the exponent is bounded long before it could overflow.
    Duration wait = FIRST.multipliedBy(1L << Math.min(count - 1, 16));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  synchronized int addresses() {
    return byAddress.size();
  }
}
