// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.awaitConnections;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.DeadlineExceededException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.UnsentLimitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of calls while a server comes and goes. */
class ReconnectingCallsTest extends ReconnectingScene {
  @Test
  void callsGoOnAfterEachRestartOfTheServer() throws Exception {
    PbServer server = start();
    int port = server.address().getPort();
    ReconnectingClient client = closing(to(port).start());
    for (int restart = 0; restart < 3; restart++) {
      assertThat(client.target().call("echo", restart).get(20, TimeUnit.SECONDS))
          .isEqualTo((long) restart);
      server.close();
      server = startAt(port);
      awaitConnections(server, 1); // A call on the connection that is ending would be lost with it.
    }
    assertThat(client.target().call("echo", "last").get(20, TimeUnit.SECONDS)).isEqualTo("last");
  }

  @Test
  void aNullInThePlaceOfTheArgumentsIsOneNone() throws Exception {
    ReconnectingClient client = closing(to(start().address().getPort()).start());
    assertThat(client.target().call("echo", (Object[]) null).get(20, TimeUnit.SECONDS)).isNull();
    fails(
        client.target().call("echo", null, Map.of("a", 1)),
        RemoteException.class,
        "echo() takes 1 positional argument (value), 2 given");
    client.target().send("echo", (Object[]) null);
  }

  @Test
  void callsMadeMeanwhileWaitAndGoOutInTheirOrder() throws Exception {
    int port = freePort();
    ReconnectingClient client = closing(to(port).start());
    List<CompletableFuture<@Nullable Object>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      client.target().send("page");
      calls.add(client.target().call("countPages"));
    }
    assertThat(client.toString()).contains("200 calls wait");
    startAt(port);
    for (int i = 0; i < 100; i++) {
      assertThat(calls.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i + 1L);
    }
  }

  @Test
  void oneWaitingCallTooManyFailsAtOnce() throws Exception {
    ReconnectingClient client = closing(driven(freePort()).maxWaitingCalls(2).start());
    client.target().call("a");
    CompletableFuture<?> second = client.target().call("b");
    fails(client.target().call("c"), UnsentLimitException.class, "2 calls wait");
    second.cancel(false);
    assertThat(client.target().call("d")).isNotDone();
  }

  @Test
  void callsFailWhileDisconnectedIfTheyAreToldTo() throws Exception {
    PbServer server = start();
    int port = server.address().getPort();
    ReconnectingClient client = closing(driven(port).failWhileDisconnected().start());
    story.await("connected");
    await().atMost(PATIENCE).until(client::isConnected);
    assertThat(client.target().call("echo", 1).get(20, TimeUnit.SECONDS)).isEqualTo(1L);
    server.close();
    story.await("connected", "lost", "wait 1000");
    fails(
        client.target().call("echo", 1), DeadReferenceException.class, "closed; the next attempt");
    assertThat(client.target().current()).isEmpty();
  }

  @Test
  void aCallUnderWayAtTheLossFailsAndIsNotRepeated() throws Exception {
    PbServer server = start();
    int port = server.address().getPort();
    ReconnectingClient client = closing(driven(port).start());
    CompletableFuture<?> under = client.target().call("never");
    client.target().call("page").get(20, TimeUnit.SECONDS);
    server.close();
    fails(under, ConnectionLostException.class, "closed");
    story.await("connected", "lost", "wait 1000");
    startAt(port);
    timing.pass(Duration.ofSeconds(1));
    assertThat(client.target().call("countPages").get(20, TimeUnit.SECONDS)).isEqualTo(1L);
  }

  @Test
  void aCallThatWaitsObeysItsDeadline() throws Exception {
    ReconnectingClient client = closing(driven(freePort()).start());
    timing.awaitWaiting(1);
    CompletableFuture<?> call =
        client.target().withDeadline(Duration.ofMillis(500)).call("echo", 1);
    timing.pass(Duration.ofMillis(499));
    assertThat(call).isNotDone();
    timing.pass(Duration.ofMillis(1));
    fails(call, DeadlineExceededException.class, "could not send 'echo' to 127.0.0.1:");
    assertThat(client.toString()).doesNotContain("calls wait");
    assertThatThrownBy(() -> client.target().withDeadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theDefaultDeadlineCountsTheWaitAndTheCallTogether() throws Exception {
    int port = freePort();
    ReconnectingClient client =
        closing(
            PbClient.to("tcp:host=127.0.0.1:port=" + port)
                .callDeadline(Duration.ofMillis(1100))
                .reconnecting()
                .backoff(STEADY)
                .timing(timing)
                .start());
    timing.awaitWaiting(1);
    CompletableFuture<?> call = client.target().call("never");
    CompletableFuture<?> other = client.target().call("echo", 1);
    startAt(port);
    timing.pass(Duration.ofSeconds(1));
    assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(1L);
    // 100 ms were left when it was sent; the message says what the caller gave.
    fails(call, DeadlineExceededException.class, "no answer of 'never'");
    fails(call, DeadlineExceededException.class, "within 1100.0 ms");
  }

  @Test
  void aCallThatCannotBeMadeFailsAloneAndTheConnectionStays() throws Exception {
    int port = freePort();
    ReconnectingClient client = closing(to(port).start());
    CompletableFuture<?> bad = client.target().call("\ud800");
    CompletableFuture<?> good = client.target().call("echo", 1);
    PbServer server = startAt(port);
    assertThat(good.get(20, TimeUnit.SECONDS)).isEqualTo(1L);
    assertThat(bad).isCompletedExceptionally();
    awaitConnections(server, 1);
  }

  @Test
  void waitingOnTheConnectionsOwnThreadThrows() throws Exception {
    ReconnectingClient client = closing(to(start().address().getPort()).start());
    CompletableFuture<?> waited =
        client.target().call("never").thenRun(() -> client.target().call("echo", 2).join());
    desk.never.complete("now"); // What follows runs where the answer is read, and not here.
    fails(waited, IllegalStateException.class, "on a thread that reads answers");
  }

  /** Calls from several threads across losses: each ends, and none is carried out twice. */
  @Test
  void acrossLossesEveryCallEndsAndNoneIsCarriedOutTwice() throws Exception {
    Ledger ledger = new Ledger();
    PbServer server = closing(server().root(ledger).start());
    int port = server.address().getPort();
    ReconnectingClient client = closing(to(port).start());
    Queue<CompletableFuture<@Nullable Object>> calls = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    Runnable caller =
        () -> {
          for (int i = 0; i < 2000; i++) {
            CompletableFuture<@Nullable Object> call =
                client.target().call("enter", next.incrementAndGet());
            calls.add(call);
            if (i % 50 == 0) {
              call.handle((value, error) -> value).join();
            }
          }
        };
    List<CompletableFuture<Void>> callers =
        List.of(CompletableFuture.runAsync(caller), CompletableFuture.runAsync(caller));
    for (int restart = 0; restart < 5; restart++) {
      int until = ledger.entered.size() + 200;
      await().atMost(PATIENCE).until(() -> ledger.entered.size() >= until || next.get() == 4000);
      server.close();
      server = closing(PbServer.at("tcp:host=127.0.0.1:port=" + port).root(ledger).start());
    }
    CompletableFuture.allOf(callers.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
    for (CompletableFuture<@Nullable Object> call : calls) {
      try {
        assertThat(ledger.entered).containsKey((Long) call.get(20, TimeUnit.SECONDS));
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e.getCause())
            .isInstanceOfAny(ConnectionLostException.class, UnsentLimitException.class);
      }
    }
    assertThat(ledger.entered.values()).allMatch(count -> count.get() == 1);
  }

  private static final class Ledger implements Referenceable {
    final Map<Long, AtomicInteger> entered = new java.util.concurrent.ConcurrentHashMap<>();

    @Exposed
    long enter(long number) {
      entered.computeIfAbsent(number, each -> new AtomicInteger()).incrementAndGet();
      return number;
    }
  }
}
