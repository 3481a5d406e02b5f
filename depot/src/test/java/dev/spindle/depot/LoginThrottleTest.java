// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LoginThrottleTest {
  private final AtomicLong clock = new AtomicLong();
  private final LoginThrottle throttle = new LoginThrottle(clock::get);

  @Test
  void eachFailureCostsTwiceTheLastUpToALimit() throws Exception {
    Duration expected = LoginThrottle.FIRST;
    for (int i = 0; i < 100; i++) {
      assertThat(throttle.failed(address(1))).isEqualTo(expected);
      Duration twice = expected.multipliedBy(2);
      expected = twice.compareTo(LoginThrottle.LONGEST) < 0 ? twice : LoginThrottle.LONGEST;
    }
  }

  @Test
  void addressesPayForThemselvesAndAreForgiven() throws Exception {
    throttle.failed(address(1));
    assertThat(throttle.failed(address(2))).isEqualTo(LoginThrottle.FIRST);
    clock.addAndGet(LoginThrottle.MEMORY.toNanos());
    assertThat(throttle.failed(address(1))).isGreaterThan(LoginThrottle.FIRST);
    clock.addAndGet(LoginThrottle.MEMORY.toNanos() + 1);
    assertThat(throttle.failed(address(1))).isEqualTo(LoginThrottle.FIRST);
  }

  @Test
  void onlySoManyAddressesAreKept() throws Exception {
    for (int i = 0; i < LoginThrottle.MAX_ADDRESSES + 10; i++) {
      throttle.failed(address(i));
    }
    assertThat(throttle.addresses()).isEqualTo(LoginThrottle.MAX_ADDRESSES);
  }

  private static InetAddress address(int number) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
  }
}
