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
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.UnsentLimitException;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.io.IOException;
import java.net.ServerSocket;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that comes and goes, with real sockets; time is driven where waits matter. */
@Timeout(60)
class ReconnectingClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(10), Duration.ofMillis(100), 0.5);
  private static final Backoff STEADY =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 0);

  private final Desk desk = new Desk();
  private final DrivenTiming timing = new DrivenTiming();
  private final Story story = new Story();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** What a listener is told, a line each. */
  private static class Story implements ReconnectListener {
    final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void connected(RemoteReference target) {
      lines.add("connected");
    }

    @Override
    public void lost(ConnectionLostException why) {
      lines.add("lost");
    }

    @Override
    public void retrying(Exception why, Duration wait) {
      lines.add("wait " + wait.toMillis());
    }

    @Override
    public void gaveUp(Exception why) {
      lines.add("gave up");
    }

    void await(String... expected) {
      org.awaitility.Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(lines).containsExactly(expected));
    }
  }

  private <T extends AutoCloseable> T closing(T resource) {
    open.add(0, resource);
    return resource;
  }

  private PbServer start() throws IOException {
    return closing(server().root(desk).start());
  }

  private PbServer startAt(int port) throws IOException {
    return closing(PbServer.at("tcp:host=127.0.0.1:port=" + port).threads(1).root(desk).start());
  }

  private static ReconnectingClient.Builder to(int port) {
    return ReconnectingClient.to("tcp:host=127.0.0.1:port=" + port).backoff(QUICK);
  }

  private ReconnectingClient.Builder driven(int port) {
    return to(port).backoff(STEADY).timing(timing).listener(story);
  }

  /** A port on which nobody listens, as far as one can know. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void fails(
      CompletableFuture<?> call, Class<? extends Throwable> type, String text) {
    assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(type)
        .hasMessageContaining(text);
  }

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
  void waitsGrowWithFailuresAndBeginAnewAfterAConnectionThatLasted() throws Exception {
    int port = freePort();
    closing(driven(port).stableAfter(Duration.ofSeconds(30)).start());
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(1));
    timing.awaitWaiting(1);
    story.await("wait 1000", "wait 2000");
    PbServer server = startAt(port);
    timing.pass(Duration.ofSeconds(2));
    story.await("wait 1000", "wait 2000", "connected");
    server.close(); // It did not live long enough: the next wait is longer still.
    story.await("wait 1000", "wait 2000", "connected", "lost", "wait 4000");
    server = startAt(port);
    timing.pass(Duration.ofSeconds(4));
    await().atMost(PATIENCE).until(() -> story.lines.size() == 6);
    timing.pass(Duration.ofSeconds(30));
    server.close();
    story.await(
        "wait 1000",
        "wait 2000",
        "connected",
        "lost",
        "wait 4000",
        "connected",
        "lost",
        "wait 1000");
  }

  @Test
  void itGivesUpAfterAsManyFailuresAsItWasTold() throws Exception {
    ReconnectingClient client = closing(driven(freePort()).maxFailures(3).start());
    CompletableFuture<?> waiting = client.target().call("a");
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(1));
    story.await("wait 1000", "wait 2000");
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(2));
    story.await("wait 1000", "wait 2000", "gave up");
    fails(waiting, DeadReferenceException.class, "gave up: cannot connect to 127.0.0.1:");
    fails(client.target().call("b"), DeadReferenceException.class, "gave up");
    fails(client.ended(), IOException.class, "cannot connect");
    assertThat(client.toString()).contains("gave up");
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

  // ---- logins ----

  private static final class Account implements Referenceable {
    @Exposed
    String who() {
      return "alice";
    }
  }

  private static Portal portal(String password, AtomicInteger logins) {
    return Portal.of(
        login -> {
          logins.incrementAndGet();
          return CompletableFuture.completedFuture(Avatar.of(new Account()));
        },
        PasswordChecker.of(Map.of("alice", password)));
  }

  @Test
  void itLogsInOnEachConnection() throws Exception {
    AtomicInteger logins = new AtomicInteger();
    PbServer server = closing(server().portal(portal("sesame", logins)).start());
    int port = server.address().getPort();
    ReconnectingClient client =
        closing(to(port).login(Credentials.password("alice", "sesame"), null).start());
    assertThat(client.target().call("who").get(20, TimeUnit.SECONDS)).isEqualTo("alice");
    server.close();
    server =
        closing(
            PbServer.at("tcp:host=127.0.0.1:port=" + port)
                .portal(portal("sesame", logins))
                .start());
    awaitConnections(server, 1);
    assertThat(client.target().call("who").get(20, TimeUnit.SECONDS)).isEqualTo("alice");
    assertThat(logins).hasValue(2);
  }

  @Test
  void aWrongPasswordIsNotTriedTwice() throws Exception {
    PbServer server = closing(server().portal(portal("sesame", new AtomicInteger())).start());
    ReconnectingClient client =
        closing(
            driven(server.address().getPort())
                .login(Credentials.password("alice", "guess"), null)
                .start());
    CompletableFuture<?> call = client.target().call("who");
    story.await("gave up");
    fails(call, DeadReferenceException.class, "gave up: twisted.cred.error.UnauthorizedLogin");
    fails(client.ended(), RemoteException.class, "UnauthorizedLogin");
    assertThat(client.toString()).doesNotContain("guess");
    awaitConnections(server, 0);
  }

  @Test
  void aRefusedLoginIsAFailureLikeAnyOtherIfItIsToldSo() throws Exception {
    PbServer server = closing(server().portal(portal("sesame", new AtomicInteger())).start());
    closing(
        driven(server.address().getPort())
            .login(Credentials.password("alice", "guess"), null)
            .retryRefusedLogins()
            .start());
    story.await("wait 1000");
    timing.awaitWaiting(1);
    timing.pass(Duration.ofSeconds(1));
    story.await("wait 1000", "wait 2000");
  }

  @Test
  void whoAcceptsAndThenSaysNothingIsAFailureInTime() throws Exception {
    try (ServerSocket mute = new ServerSocket(0)) {
      ReconnectingClient client =
          closing(driven(mute.getLocalPort()).loginTimeout(Duration.ofSeconds(7)).start());
      timing.awaitWaiting(1);
      assertThat(client.isConnected()).isFalse();
      timing.pass(Duration.ofSeconds(7));
      story.await("wait 1000");
      assertThat(client.toString()).contains("took longer than PT7S to let us in");
    }
  }

  // ---- listeners ----

  @Test
  void whatAListenerCallsGoesOutBeforeWhatWaited() throws Exception {
    int port = freePort();
    ReconnectingClient client =
        closing(
            to(port)
                .listener(
                    new ReconnectListener() {
                      @Override
                      public void connected(RemoteReference target) {
                        target.call("page").join();
                      }
                    })
                .start());
    CompletableFuture<?> waited = client.target().call("countPages");
    startAt(port);
    assertThat(waited.get(20, TimeUnit.SECONDS)).isEqualTo(1L);
  }

  @Test
  void aListenerThatThrowsHarmsNothing() throws Exception {
    PbServer server = start();
    ReconnectingClient client =
        closing(
            to(server.address().getPort())
                .listener(
                    new ReconnectListener() {
                      @Override
                      public void connected(RemoteReference target) {
                        throw new IllegalStateException("by request");
                      }
                    })
                .start());
    assertThat(client.target().call("echo", 1).get(20, TimeUnit.SECONDS)).isEqualTo(1L);
  }

  // ---- the end ----

  @Test
  void closingEndsWhatWaitsAndEverythingElse() throws Exception {
    PbServer server = start();
    ReconnectingClient connected = closing(driven(server.address().getPort()).start());
    story.await("connected");
    ReconnectingClient waiting = closing(to(freePort()).timing(timing).start());
    CompletableFuture<?> call = waiting.target().call("a");
    timing.awaitWaiting(1);
    for (ReconnectingClient client : List.of(connected, waiting)) {
      client.close();
      client.close();
      assertThat(client.ended()).succeedsWithin(PATIENCE);
      fails(client.target().call("b"), DeadReferenceException.class, "the client was closed");
      assertThat(client.isConnected()).isFalse();
    }
    fails(call, DeadReferenceException.class, "the client was closed");
    awaitConnections(server, 0);
  }

  @Test
  void closingInTheMiddleOfALoginEndsIt() throws Exception {
    try (ServerSocket mute = new ServerSocket(0)) {
      ReconnectingClient client = closing(driven(mute.getLocalPort()).start());
      timing.awaitWaiting(1);
      client.close();
      assertThat(client.ended()).succeedsWithin(PATIENCE);
    }
  }

  @Test
  void itsThreadsEndWithIt() throws Exception {
    PbServer server = start();
    ReconnectingClient client = to(server.address().getPort()).start();
    client.target().withDeadline(PATIENCE).call("echo", 1).get(20, TimeUnit.SECONDS);
    Thread own = named("pb-reconnect");
    assertThat(own.isDaemon()).isTrue();
    client.close();
    own.join(20_000);
    assertThat(own.isAlive()).isFalse();
  }

  private static Thread named(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny()
        .orElseThrow();
  }

  @Test
  void waitingOnTheConnectionsOwnThreadThrows() throws Exception {
    PbServer server = start();
    ReconnectingClient client = closing(to(server.address().getPort()).start());
    CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
    client
        .target()
        .call("echo", 1)
        .thenRun(() -> client.target().call("echo", 2).join())
        .whenComplete((done, error) -> outcome.complete(error == null ? null : error.getCause()));
    // The callback ran on the connection's thread, or here if the answer was quicker.
    Throwable thrown = outcome.get(20, TimeUnit.SECONDS);
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(IllegalStateException.class);
    }
  }

  // ---- many ----

  @Test
  void manyClientsComeBackToAServerThatRestarts() throws Exception {
    PbServer server = start();
    int port = server.address().getPort();
    List<ReconnectingClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(closing(to(port).start()));
    }
    for (int restart = 0; restart < 3; restart++) {
      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).target().call("echo", i).get(20, TimeUnit.SECONDS))
            .isEqualTo((long) i);
      }
      server.close();
      server = startAt(port);
      awaitConnections(server, clients.size());
    }
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
