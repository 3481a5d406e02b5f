// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Keyword;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.UnreadableAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a soak: sends references to and fro in random calls, many at a time, of which each
 * kind has its outcome. {@code soak.py} has its twin.
 *
 * <p>Thread: the connection's, but for {@link #run} and {@link #letGo}.
 */
final class Soaker implements Referenceable {
  private static final int WINDOW = 40;
  private static final int MOVES = 15;
  private static final Consumer<@Nullable Object> NOTHING = answer -> {};

  private final Random random;
  private final Parcels parcels;
  private final List<String> faults = new ArrayList<>();
  private @Nullable RemoteReference theirs;

  /** Its answers may hold what we refuse to read, and it reads what is refused to its end. */
  private boolean isTwisted;

  private long goal;
  private int underWay;
  private boolean isPumping;
  private CompletableFuture<Void> done = new CompletableFuture<>();

  Soaker(long seed) {
    random = new Random(seed);
    parcels = new Parcels(random);
  }

  /** Before the first run. */
  void meet(RemoteReference other, boolean isTwistedThere) {
    theirs = other;
    isTwisted = isTwistedThere;
  }

  /** Sends so many references more; completes when all that was begun has ended. */
  CompletableFuture<Void> run(long references) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    // To the connection's thread, on which everything else happens.
    theirs()
        .call("take")
        .whenComplete(
            (answer, error) -> {
              done = ended;
              goal = parcels.carried() + references;
              pump();
            });
    return ended;
  }

  /** Lets go of everything, on the connection's thread. */
  CompletableFuture<Void> letGo() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    RemoteReference last = theirs();
    last.call("take")
        .whenComplete(
            (answer, error) -> {
              parcels.letGo();
              theirs = null;
              ended.complete(null);
            });
    return ended;
  }

  /** Occurrences of references that left from here. Between runs. */
  long carried() {
    return parcels.carried();
  }

  /** What did not come out as it should. Between runs. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  private RemoteReference theirs() {
    return Objects.requireNonNull(theirs);
  }

  private void pump() {
    if (isPumping) {
      return; // a call that ended at once: the loop below goes on
    }
    isPumping = true;
    while (underWay < WINDOW && parcels.carried() < goal) {
      step();
    }
    isPumping = false;
    if (underWay == 0) {
      done.complete(null);
    }
  }

  private void step() {
    List<Object> value = parcels.made();
    switch (random.nextInt(MOVES)) {
      case 0 -> echo("echo", value);
      case 1 -> echo("echoLater", parcels.madeOfNew());
      case 2, 3 -> succeeds("take", theirs().call("take", value, "and", value), NOTHING);
      case 4 -> succeeds("named", call("named", Map.of("value", value)), NOTHING);
      case 5 -> succeeds("swap", theirs().call("swap", value), parcels::receive);
      case 6 -> succeeds("swapLater", theirs().call("swapLater", value), parcels::receive);
      case 7 -> fails("fail", theirs().call("fail", value), RemoteException.class);
      case 8 -> fails("absent", theirs().call("absent", value), RemoteException.class);
      case 9 -> fails("surplus", theirs().call("poke", 1, 2, value), RemoteException.class);
      case 10 -> refused(value);
      case 11 ->
          fails(
              "unsendable",
              theirs().call("take", value, new Object(), value),
              UnsendableException.class);
      case 12 -> {
        theirs().send("take", value);
        CompletableFuture<?> call = theirs().call("swap", value);
        call.cancel(true);
        fails("cancelled", call, CancellationException.class);
      }
      case 13 ->
          fails("strangers", theirs().call("strangers", value), UnreadableAnswerException.class);
      default -> {
        succeeds("poke", theirs().call("poke", parcels.ours()), this::isPong);
        if (parcels.theirs() instanceof RemoteReference thing) {
          succeeds("ping", thing.call("ping"), this::isPong);
        }
      }
    }
  }

  private CompletableFuture<@Nullable Object> call(String method, Map<String, Object> keywords) {
    return theirs().call(method, new Object[0], keywords);
  }

  private void echo(String method, List<Object> value) {
    succeeds(
        method,
        theirs().call(method, value),
        back -> {
          if (!parcels.isSame(value, back)) {
            faults.add(method + " of " + value + " is " + back);
          }
        });
  }

  /**
   * Twisted reads as far as the stranger, and pays back what it has read; what came behind it would
   * never be paid back.
   */
  private void refused(List<Object> value) {
    Object stranger = new Declared.Unknown(1);
    fails(
        "refused",
        isTwisted
            ? theirs().call("take", value, stranger)
            : theirs().call("take", value, stranger, parcels.made()),
        RemoteException.class);
  }

  private void isPong(@Nullable Object answer) {
    if (!"pong".equals(answer)) {
      faults.add("ping is " + answer);
    }
  }

  private void succeeds(
      String what, CompletableFuture<@Nullable Object> call, Consumer<@Nullable Object> then) {
    underWay++;
    call.whenComplete(
        (answer, error) -> {
          if (error == null) {
            then.accept(answer);
          } else {
            faults.add(what + " failed: " + error);
          }
          ended();
        });
  }

  private void fails(String what, CompletableFuture<?> call, Class<?> expected) {
    underWay++;
    call.whenComplete(
        (answer, error) -> {
          if (!expected.isInstance(error)) {
            faults.add(what + " came out as " + (error == null ? answer : error));
          }
          ended();
        });
  }

  private void ended() {
    underWay--;
    pump();
  }

  // ---- for the other side ----

  @Exposed
  @Nullable Object echo(@Nullable Object value) {
    parcels.carry(value);
    return value;
  }

  @Exposed
  CompletionStage<@Nullable Object> echoLater(@Nullable Object value) {
    parcels.carry(value);
    return later().thenApply(done -> value);
  }

  @Exposed(blocking = true)
  @Nullable Object echoFromAThread(@Nullable Object value) {
    return value;
  }

  @Exposed
  void take(Object... values) {
    parcels.receive(List.of(values));
  }

  @Exposed
  void named(@Keyword Object value) {
    parcels.receive(value);
  }

  @Exposed
  Object swap(Object value) {
    parcels.receive(value);
    return parcels.made();
  }

  @Exposed
  CompletionStage<Object> swapLater(Object value) {
    parcels.receive(value);
    Object other = parcels.madeOfOurs();
    return later().thenApply(done -> other);
  }

  @Exposed
  void fail(Object value) {
    parcels.receive(value);
    throw new IllegalStateException("as asked");
  }

  @Exposed
  void strict(int number, Object value) {
    faults.add("not refused: " + number + ", " + value);
  }

  @Exposed
  CompletionStage<@Nullable Object> poke(Object thing) {
    return thing instanceof RemoteReference reference
        ? reference.call("ping")
        : CompletableFuture.completedFuture("pong");
  }

  /** An answer that the other side refuses; it would end a Twisted caller's connection. */
  @Exposed
  Object strangers(Object value) {
    parcels.receive(value);
    return List.of(parcels.madeOfOurs(), new Declared.Unknown(1), parcels.madeOfOurs());
  }

  /** An answer that cannot be sent. */
  @Exposed
  Object unsendable(Object value) {
    parcels.receive(value);
    return List.of(parcels.madeOfOurs(), new Object());
  }

  private static CompletableFuture<Void> later() {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
  }
}
