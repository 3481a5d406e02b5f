// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final Duration A_MOMENT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final DrivenTimer timer = new DrivenTimer();
  private final LoginThrottle throttle = new LoginThrottle(timer);
  private int checks;

  private CompletableFuture<String> good(String address) {
    return attempt(address, CompletableFuture.completedFuture("avatar"));
  }

  private CompletableFuture<String> bad(String address) {
    return attempt(address, refused());
  }

  private static CompletionStage<String> refused() {
    return CompletableFuture.failedFuture(new LoginRefusedException());
  }

  private CompletableFuture<String> attempt(String address, CompletionStage<String> verdict) {
    return throttle
        .attempt(
            from(address),
            () -> {
              checks++;
              return verdict;
            })
        .toCompletableFuture();
  }

  private static SocketAddress from(String address) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address), 5);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static SocketAddress from(int number) {
    return from("10." + number / 65536 + "." + number / 256 % 256 + "." + number % 256);
  }

  @Test
  void aGoodLoginIsToldAtOnceAndForgotten() {
    assertThat(good("10.0.0.1")).isCompletedWithValue("avatar");
    assertThat(throttle.remembered()).isZero();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void aBadOneIsToldAfterAPenaltyThatDoublesUpToALimit() {
    long[] millis = {250, 500, 1000, 2000, 4000, 8000, 8000, 8000};
    for (long penalty : millis) {
      CompletableFuture<String> attempt = bad("10.0.0.1");
      timer.pass(Duration.ofMillis(penalty).minus(A_MOMENT));
      assertThat(attempt).isNotDone();
      timer.pass(A_MOMENT);
      assertThatThrownBy(attempt::join).hasCauseInstanceOf(LoginRefusedException.class);
    }
  }

  @Test
  void oneAddressHasAsManySeatsAsAllItsAttempts() {
    for (int i = 0; i < LoginThrottle.SEATS; i++) {
      bad("10.0.0.1");
    }
    CompletableFuture<String> waiting = good("10.0.0.1");
    assertThat(waiting).isNotDone();
    assertThat(checks).isEqualTo(LoginThrottle.SEATS);
    assertThat(good("10.0.0.2")).as("another address").isCompleted();
    timer.pass(LoginThrottle.FIRST_PENALTY);
    assertThat(waiting).as("the first seat is free").isCompletedWithValue("avatar");
  }

  @Test
  void guessesPassAtTheRateOfThePenalties() {
    for (int i = 0; i < 50; i++) {
      bad("10.0.0.1");
    }
    timer.pass(Duration.ofSeconds(60));
    // Four seats, each taken for eight seconds once the penalty has grown.
    assertThat(checks).isLessThan(45);
    timer.pass(LONG);
    assertThat(checks).isEqualTo(50);
  }

  @Test
  void asManyMayWaitAsTheLimitAndTheNextIsRefusedAtOnce() {
    for (int i = 0; i < LoginThrottle.SEATS; i++) {
      bad("10.0.0.1");
    }
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    for (int i = 0; i < LoginThrottle.MAX_WAITING; i++) {
      waiting.add(good("10.0.0.1"));
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertThatThrownBy(good("10.0.0.1")::join).hasCauseInstanceOf(LoginRefusedException.class);
    assertThat(good("10.0.0.2")).isCompleted();
    timer.pass(LONG);
    assertThat(waiting).allMatch(CompletableFuture::isDone);
  }

  @Test
  void anAddressThatWasQuietStartsAfresh() {
    bad("10.0.0.1");
    timer.pass(LoginThrottle.FIRST_PENALTY);
    bad("10.0.0.1");
    timer.pass(LoginThrottle.FIRST_PENALTY.multipliedBy(2));
    assertThat(throttle.remembered()).isEqualTo(1);
    timer.pass(LoginThrottle.LONGEST_PENALTY);
    assertThat(throttle.remembered()).isZero();
    CompletableFuture<String> attempt = bad("10.0.0.1");
    timer.pass(LoginThrottle.FIRST_PENALTY);
    assertThat(attempt).isDone();
    assertThat(timer.waiting()).as("and nothing is left behind").isEqualTo(1);
  }

  @Test
  void aGoodLoginInBetweenDoesNotForgive() {
    bad("10.0.0.1");
    timer.pass(LoginThrottle.FIRST_PENALTY);
    assertThat(good("10.0.0.1")).isCompleted();
    CompletableFuture<String> next = bad("10.0.0.1");
    timer.pass(LoginThrottle.FIRST_PENALTY);
    assertThat(next).isNotDone();
    timer.pass(LoginThrottle.FIRST_PENALTY);
    assertThat(next).isDone();
  }

  @Test
  void aCheckThatTakesTimeKeepsItsSeatMeanwhile() {
    List<CompletableFuture<String>> verdicts = new ArrayList<>();
    List<CompletableFuture<String>> attempts = new ArrayList<>();
    for (int i = 0; i <= LoginThrottle.SEATS; i++) {
      verdicts.add(new CompletableFuture<>());
      attempts.add(attempt("10.0.0.1", verdicts.get(i)));
    }
    assertThat(checks).isEqualTo(LoginThrottle.SEATS);
    verdicts.get(0).complete("first");
    assertThat(checks).isEqualTo(LoginThrottle.SEATS + 1);
    assertThat(attempts.get(0)).isCompletedWithValue("first");
    verdicts.get(LoginThrottle.SEATS).complete("last");
    assertThat(attempts.get(LoginThrottle.SEATS)).isCompletedWithValue("last");
  }

  @Test
  void aCheckThatBreaksIsAFailedOneAndGivesItsSeatBack() {
    for (int i = 0; i < 3 * LoginThrottle.SEATS; i++) {
      boolean error = i % 2 == 0;
      CompletableFuture<String> broken =
          throttle
              .<String>attempt(
                  from("10.0.0.1"),
                  () -> {
                    if (error) {
                      throw new NoClassDefFoundError("no database");
                    }
                    throw new IllegalStateException("no database");
                  })
              .toCompletableFuture();
      timer.pass(LONG);
      assertThatThrownBy(broken::join).hasRootCauseMessage("no database");
    }
    assertThat(good("10.0.0.1")).isCompleted();
    assertThat(throttle.remembered()).isZero();
  }

  @Test
  void addressesAreRememberedUpToALimitAndTheRestShareOneMemory() {
    for (int i = 0; i < LoginThrottle.MAX_ADDRESSES; i++) {
      throttle.attempt(from(i), LoginThrottleTest::refused);
    }
    assertThat(throttle.remembered()).isEqualTo(LoginThrottle.MAX_ADDRESSES);
    for (int i = 0; i < LoginThrottle.SEATS; i++) {
      bad("192.168.0." + i);
    }
    CompletableFuture<String> crowded = good("192.168.1.1");
    assertThat(crowded).isNotDone();
    assertThat(throttle.remembered()).isEqualTo(LoginThrottle.MAX_ADDRESSES);
    timer.pass(LONG);
    assertThat(crowded).isCompletedWithValue("avatar");
    assertThat(throttle.remembered()).isZero();
  }

  /** The table has room again by the time that the crowd's attempts end. */
  @Test
  void theCrowdGetsItsOwnSeatsBack() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < LoginThrottle.MAX_ADDRESSES; i++) {
        throttle.attempt(from(i), LoginThrottleTest::refused);
      }
      List<CompletableFuture<String>> slow = new ArrayList<>();
      for (int i = 0; i < LoginThrottle.SEATS; i++) {
        slow.add(new CompletableFuture<>());
        attempt("192.168.0." + i, slow.get(i));
      }
      timer.pass(LONG);
      assertThat(throttle.remembered()).as("only the crowd is left").isZero();
      slow.forEach(verdict -> verdict.complete("late"));
      assertThat(throttle.remembered()).isZero();
    }
    for (int i = 0; i < LoginThrottle.MAX_ADDRESSES; i++) {
      throttle.attempt(from(i), LoginThrottleTest::refused);
    }
    assertThat(good("192.168.1.1")).isCompletedWithValue("avatar");
  }

  /** Whoever has one address of IPv6 has 2^64 of them. */
  @Test
  void aNetworkOfIpv6IsOneGuest() {
    for (int i = 0; i < LoginThrottle.SEATS; i++) {
      bad("2001:db8:1:2::" + i);
    }
    assertThat(throttle.remembered()).isEqualTo(1);
    assertThat(good("2001:db8:1:2:ffff::")).isNotDone();
    assertThat(good("2001:db8:1:3::")).isCompletedWithValue("avatar");
  }

  @Test
  void whatHasNoAddressIsOneGuest() {
    SocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere", 1);
    for (int i = 0; i < LoginThrottle.SEATS; i++) {
      throttle.attempt(unresolved, LoginThrottleTest::refused);
    }
    assertThat(throttle.remembered()).isEqualTo(1);
  }

  @Test
  void inRealTimeTasksRunLater() {
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    LoginThrottle.REAL_TIME.accept(A_MOMENT, () -> ran.complete(true));
    assertThat(ran).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void whatNobodyDealsWithIsNoGuess() {
    CompletionStage<String> unhandled =
        CompletableFuture.failedFuture(
            new UnhandledCredentialsException(new PresentedCredentials.Anonymous()));
    for (int i = 0; i < 2 * LoginThrottle.SEATS; i++) {
      assertThat(attempt("10.0.0.1", unhandled)).as("told at once").isCompletedExceptionally();
    }
    assertThat(throttle.remembered()).isZero();
    assertThat(timer.waiting()).isZero();
  }
}
