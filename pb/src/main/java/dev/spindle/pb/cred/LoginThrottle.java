// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes wrong passwords cost time, by address.
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
    int seatsTaken;
    int failures;
    final Queue<Runnable> waiting = new ArrayDeque<>();
  }

  private final Timer timer;
  private final Map<Object, Guest> guests = new HashMap<>();
  private final Guest crowd = new Guest();

  LoginThrottle(Timer timer) {
    this.timer = timer;
  }

  /** Runs a check when the address has a seat, and answers when the check's outcome may be told. */
  <T> CompletionStage<T> attempt(SocketAddress from, Supplier<CompletionStage<T>> check) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Object key = key(from);
    Runnable begin = () -> begin(key, check, outcome);
    if (!takeSeatOrWait(key, begin)) {
      outcome.completeExceptionally(new LoginRefusedException());
    }
    return outcome;
  }

  private static Object key(SocketAddress from) {
    InetAddress address = from instanceof InetSocketAddress inet ? inet.getAddress() : null;
    return address != null ? address : "local";
  }

  private boolean takeSeatOrWait(Object key, Runnable begin) {
    synchronized (this) {
      Guest guest = guest(key);
      if (guest.seatsTaken >= SEATS) {
        return guest.waiting.size() < MAX_WAITING && guest.waiting.add(begin);
      }
      guest.seatsTaken++;
    }
    begin.run();
    return true;
  }

  private Guest guest(Object key) {
    Guest known = guests.get(key);
    if (known == null) {
      known = guests.size() < MAX_ADDRESSES ? new Guest() : crowd;
      if (known != crowd) {
        guests.put(key, known);
      }
    }
    return known;
  }

  private <T> void begin(
      Object key, Supplier<CompletionStage<T>> check, CompletableFuture<T> outcome) {
    check
        .get()
        .whenComplete(
            (value, error) -> {
              if (error == null) {
                leave(key, false);
                outcome.complete(value);
              } else {
                timer.accept(
                    penalty(key),
                    () -> {
                      leave(key, true);
                      outcome.completeExceptionally(error);
                    });
              }
            });
  }

  private synchronized Duration penalty(Object key) {
    Guest guest = guest(key);
    guest.failures = Math.min(guest.failures + 1, DOUBLINGS + 1);
    Duration penalty = FIRST_PENALTY.multipliedBy(1L << (guest.failures - 1));
    return penalty.compareTo(LONGEST_PENALTY) > 0 ? LONGEST_PENALTY : penalty;
  }

  private void leave(Object key, boolean failed) {
    @Nullable Runnable next;
    synchronized (this) {
      Guest guest = guest(key);
      next = guest.waiting.poll();
      if (next == null) {
        guest.seatsTaken--;
        forgetLater(key, guest, failed);
      }
    }
    if (next != null) {
      next.run();
    }
  }

  /** An address that has been quiet for as long as its longest penalty starts afresh. */
  private void forgetLater(Object key, Guest guest, boolean failed) {
    if (guest.seatsTaken > 0) {
      return;
    }
    if (!failed && guest.failures == 0) {
      guests.remove(key, guest);
      return;
    }
    int failures = guest.failures;
    timer.accept(
        LONGEST_PENALTY,
        () -> {
          synchronized (this) {
            if (guest.seatsTaken == 0 && guest.failures == failures) {
              guest.failures = 0;
              guests.remove(key, guest);
            }
          }
        });
  }

  synchronized int remembered() {
    return guests.size();
  }
}
