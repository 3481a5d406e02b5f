// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static dev.spindle.depot.Samples.ADA;
import static dev.spindle.depot.Samples.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.GrantHolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GrantTableTest {
  private static final Duration VALID = Duration.ofMinutes(5);

  // Close to the overflow, which differences of nanoTime survive.
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
  private final GrantTable table =
      new GrantTable(
          new DepotLimits(VALID, 0, 2, Duration.ofSeconds(1), Duration.ofSeconds(1), 3),
          clock::get);

  @Test
  void aGrantIsGoodUntilItsTimeIsOver() {
    GrantTable.Credentials early = table.issue(file(ADA));
    clock.addAndGet(VALID.toNanos() - 1);
    GrantTable.Credentials late = table.issue(file(ADA));
    assertThat(table.redeem(early.user(), early.password())).isPresent();
    GrantTable.Credentials third = table.issue(file(ADA));
    clock.addAndGet(VALID.toNanos() - 1);
    assertThat(table.redeem(late.user(), late.password())).isPresent();
    clock.addAndGet(1);
    assertThat(table.redeem(third.user(), third.password())).isEmpty();
  }

  @Test
  void expiredGrantsMakeRoomForOthers() {
    for (int i = 0; i < 3; i++) {
      table.issue(file(ADA));
    }
    assertThatThrownBy(() -> table.issue(file(BOB)))
        .isInstanceOfSatisfying(
            FarmException.class, e -> assertThat(e.code()).isEqualTo(FarmException.Code.BUSY));
    clock.addAndGet(VALID.toNanos());
    table.issue(file(BOB));
  }

  @Test
  void noTwoGrantsAreAlike() {
    GrantTable.Credentials one = table.issue(file(ADA));
    GrantTable.Credentials other = table.issue(file(ADA));
    assertThat(one.user()).isNotEqualTo(other.user());
    assertThat(one.password()).isNotEqualTo(other.password()).hasSize(32);
    assertThat(table.redeem(one.user(), other.password())).isEmpty();
  }

  @Test
  void revokingEndsTheHoldersLoginsOnceAndNobodyElses() {
    AtomicInteger closed = new AtomicInteger();
    Login ada = redeem(ADA);
    Login bob = redeem(BOB);
    ada.bind(closed::incrementAndGet);
    bob.bind(() -> closed.addAndGet(100));
    assertThat(table.isFull()).isTrue();
    table.revoke(ADA);
    table.revoke(ADA);
    assertThat(closed).hasValue(1);
    assertThat(table.isFull()).isFalse();
    table.leave(bob);
    table.revoke(BOB);
    assertThat(closed).hasValue(1);
  }

  @Test
  void aLoginThatEndedBeforeItsConnectionWasNamedClosesItAtOnce() {
    AtomicInteger closed = new AtomicInteger();
    Login login = redeem(ADA);
    table.revoke(ADA);
    login.bind(closed::incrementAndGet);
    assertThat(closed).hasValue(1);
  }

  private Login redeem(GrantHolder holder) {
    GrantTable.Credentials made = table.issue(file(holder));
    return table.redeem(made.user(), made.password()).orElseThrow();
  }

  private static GrantedFile file(GrantHolder holder) {
    return new GrantedFile.Reading(holder, "/f", 1, Path.of("f"));
  }
}
