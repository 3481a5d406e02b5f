// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes wrong passwords cost time, by address: in IPv6 by the network that one customer has.
 *
 * <p>Not what no checker deals with: that is a mistake in somebody's settings, and no guess.
 *
 * <p>An address has a few seats. An attempt takes one while it is checked; one that fails keeps its
 * seat for a penalty, which doubles with each failure, and is answered only then. Whoever finds no
 * free seat waits for one. So guesses, however many at once, pass at the rate of the penalties,
 * while a good login is slowed down only from an address that is guessing right now.
 *
 * <p>Thread: any; guarded by this.
 */
final class LoginThrottle {
  static final int SEATS = 4;

  /** Attempts of one address that may wait for a seat; more are refused at once. */
  static final int MAX_WAITING = 64;

  /** Addresses remembered; beyond it the new ones share one memory. */
  static final int MAX_ADDRESSES = 10_000;

  static final Duration FIRST_PENALTY = Duration.ofMillis(250);
  static final Duration LONGEST_PENALTY = Duration.ofSeconds(8);

  private static final int DOUBLINGS = 5;

  /** Runs something later. */
  interface Timer extends BiConsumer<Duration, Runnable> {}

  static final Timer REAL_TIME =
      (delay, task) ->
          CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS).execute(task);

  private static final class Guest {
    final Object key;
    int seatsTaken;
    int failures;
    final Queue<Runnable> waiting = new ArrayDeque<>();

    Guest(Object key) {
      this.key = key;
    }
  }

  private final Timer timer;
  private final Map<Object, Guest> guests = new HashMap<>();
  private final Guest crowd = new Guest("crowd");

  LoginThrottle(Timer timer) {
    this.timer = timer;
  }

  /** Runs a check when the address has a seat, and answers when the check's outcome may be told. */
  <T> CompletionStage<T> attempt(SocketAddress from, Supplier<CompletionStage<T>> check) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    if (!takeSeatOrWait(key(from), guest -> begin(guest, check, outcome))) {
      outcome.completeExceptionally(new LoginRefusedException());
    }
    return outcome;
  }

  private static Object key(SocketAddress from) {
    return RemoteNetwork.of(from).<Object>map(network -> network).orElse("local");
  }

  private boolean takeSeatOrWait(Object key, Consumer<Guest> begin) {
    Guest guest;
    synchronized (this) {
      guest = guest(key);
      if (guest.seatsTaken >= SEATS) {
        return guest.waiting.size() < MAX_WAITING && guest.waiting.add(() -> begin.accept(guest));
      }
      guest.seatsTaken++;
    }
    begin.accept(guest);
    return true;
  }

  private Guest guest(Object key) {
    if (!guests.containsKey(key) && guests.size() >= MAX_ADDRESSES) {
      return crowd;
    }
    return guests.computeIfAbsent(key, Guest::new);
  }

  /** The guest stays the same to the end, whoever has gone or come meanwhile. */
  private <T> void begin(
      Guest guest, Supplier<CompletionStage<T>> check, CompletableFuture<T> outcome) {
    stage(check)
        .whenComplete(
            (value, error) -> {
              if (error == null) {
                leave(guest, false);
                outcome.complete(value);
              } else if (error instanceof UnhandledCredentialsException) {
                leave(guest, false); // Nothing was guessed: there is nobody to guess it of.
                outcome.completeExceptionally(error);
              } else {
                timer.accept(
                    penalty(guest),
                    () -> {
                      leave(guest, true);
                      outcome.completeExceptionally(error);
                    });
              }
            });
  }

  /** A check that throws has failed like any other: its seat would be lost else. */
  private static <T> CompletionStage<T> stage(Supplier<CompletionStage<T>> check) {
    try {
      return check.get();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized Duration penalty(Guest guest) {
    guest.failures = Math.min(guest.failures + 1, DOUBLINGS + 1);
    Duration penalty = FIRST_PENALTY.multipliedBy(1L << (guest.failures - 1));
    return penalty.compareTo(LONGEST_PENALTY) > 0 ? LONGEST_PENALTY : penalty;
  }

  private void leave(Guest guest, boolean failed) {
    @Nullable Runnable next;
    synchronized (this) {
      next = guest.waiting.poll();
      if (next == null) {
        guest.seatsTaken--;
        forgetLater(guest, failed);
      }
    }
    if (next != null) {
      next.run();
    }
  }

  /** An address that has been quiet for as long as its longest penalty starts afresh. */
  private void forgetLater(Guest guest, boolean failed) {
    if (guest.seatsTaken > 0) {
      return;
    }
    if (!failed && guest.failures == 0) {
      guests.remove(guest.key, guest);
      return;
    }
    int failures = guest.failures;
    timer.accept(
        LONGEST_PENALTY,
        () -> {
          synchronized (this) {
            if (guest.seatsTaken == 0 && guest.failures == failures) {
              guest.failures = 0;
              guests.remove(guest.key, guest);
            }
          }
        });
  }

  synchronized int remembered() {
    return guests.size();
  }
}
