// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ContactTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // Which overflows.
  private final Contact contact = new Contact(clock::get);

  private void pass(long seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void aCallFromTheControllerEndsItsSilenceAndProvesNothingOfUs() {
    pass(30);
    contact.heard();
    pass(2);
    assertThat(contact.silence()).isEqualTo(Duration.ofSeconds(2));
    assertThat(contact.unconfirmed()).isEqualTo(Duration.ofSeconds(32));
  }

  @Test
  void aKeepaliveProvesThatTheAnswerToTheOneBeforeArrived() {
    pass(20);
    contact.keepalive();
    assertThat(contact.unconfirmed()).isEqualTo(Duration.ofSeconds(20));
    pass(20);
    contact.keepalive();
    assertThat(contact.unconfirmed()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void anAnswerProvesThatTheCallArrivedAfterItWasMade() {
    pass(10);
    long asked = contact.now();
    pass(5);
    contact.answered(asked);
    assertThat(contact.unconfirmed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aLateAnswerTakesNothingBack() {
    long early = contact.now();
    pass(10);
    contact.answered(contact.now());
    contact.answered(early);
    assertThat(contact.unconfirmed()).isZero();
  }
}
