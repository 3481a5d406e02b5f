// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.jelly.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The end of a connection, and what is released with it. */
class DisconnectTest {

  /** Gives away exposures that tell when they are released. */
  private static final class Host implements Referenceable {
    final List<String> released = new ArrayList<>();
    final CompletableFuture<Object> later = new CompletableFuture<>();

    private Exposure exposure(String name) {
      return new Exposure(new Host(), Exposure.Kind.PERSPECTIVE, () -> released.add(name));
    }

    @Exposed
    Object one(String name) {
      return exposure(name);
    }

    @Exposed
    Object failing(String name) {
      return new Exposure(
          new Host(),
          Exposure.Kind.PERSPECTIVE,
          () -> {
            released.add(name);
            throw new IllegalStateException("by request");
          });
    }

    @Exposed
    CompletableFuture<Object> later(String name) {
      return later.thenApply(done -> exposure(name));
    }

    @Exposed
    Object unsendable(String name) {
      return Tuple.of(exposure(name), "\ud800");
    }

    @Exposed
    Object many(int count) {
      List<Object> things = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        things.add(new Host());
      }
      return things;
    }
  }

  private final Host host = new Host();
  private final RawPeer peer = RawPeer.ofServer(host);

  @Test
  void pendingCallsFailAtOnceAndLaterOnesToo() {
    RawPeer server = RawPeer.ofClient();
    RemoteReference root = server.broker().root();
    List<CompletableFuture<@Nullable Object>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(root.call("a", i));
    }
    server.link().disconnect("the cable");
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(call::join)
                    .hasCauseInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("the cable"));
    assertThatThrownBy(root.call("b")::join)
        .hasCauseInstanceOf(DeadReferenceException.class)
        .hasMessageContaining("the connection has ended: the cable");
    root.send("c");
    assertThat(server.heard())
        .as("nothing is sent any more")
        .contains("[message 1 root a 1 [tuple 0] [dictionary]]")
        .hasSize(10);
  }

  @Test
  void callsThatWaitForTheHandshakeFailToo() {
    MemoryLink client = new MemoryLink(Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of());
    CompletableFuture<@Nullable Object> call = client.broker().root().call("a");
    client.disconnect("refused");
    assertThatThrownBy(call::join).hasCauseInstanceOf(DeadReferenceException.class);
  }

  @Test
  void callsFromOtherThreadsFailWhenTheEndpointIsGone() throws Exception {
    RawPeer server = RawPeer.ofClient();
    server.link().closeEndpoint();
    CompletableFuture<CompletableFuture<@Nullable Object>> made = new CompletableFuture<>();
    new Thread(() -> made.complete(server.broker().root().call("a"))).start();
    assertThatThrownBy(made.get()::join)
        .hasCauseInstanceOf(DeadReferenceException.class)
        .hasMessageContaining("the endpoint was closed");
  }

  @Test
  void whoListensIsToldOnceAndWhoListensLaterAtOnce() {
    List<String> told = new ArrayList<>();
    peer.broker().onDisconnect(gone -> told.add("first " + gone.getMessage()));
    peer.broker().onDisconnect(gone -> told.add("second " + gone.getMessage()));
    peer.link().runTasks();
    peer.link().disconnect("over");
    peer.link().disconnect("again");
    assertThat(told).containsExactly("first over", "second over");
    peer.broker().onDisconnect(gone -> told.add("late " + gone.getMessage()));
    peer.link().runTasks();
    peer.link().closeEndpoint();
    peer.broker().onDisconnect(gone -> told.add("later " + gone.getMessage()));
    assertThat(told).endsWith("late over", "later the endpoint was closed");
  }

  @Test
  void aListenerThatFailsDoesNotKeepItFromTheOthers() {
    List<Throwable> reported =
        withHandler(
            () -> {
              List<String> told = new ArrayList<>();
              peer.broker()
                  .onDisconnect(
                      gone -> {
                        throw new IllegalStateException("listener");
                      });
              peer.broker()
                  .onDisconnect(
                      gone -> {
                        throw new AssertionError("another");
                      });
              peer.broker().onDisconnect(gone -> told.add("third"));
              peer.link().runTasks();
              peer.link().disconnect("over");
              assertThat(told).containsExactly("third");
            });
    assertThat(reported).extracting(Throwable::getMessage).containsExactly("listener", "another");
  }

  @Test
  void closeAsksTheLinkToSendWhatIsQueuedAndClose() {
    peer.broker().close();
    peer.link().runTasks();
    assertThat(peer.link().isClosing()).isTrue();
  }

  @Test
  void whatIsCalledAfterCloseIsNotSentAndSaysSo() {
    CompletableFuture<Object> before = peer.broker().root().call("before");
    peer.broker().close();
    peer.link().runTasks();
    CompletableFuture<Object> after = peer.broker().root().call("after");
    peer.link().runTasks();
    assertThat(peer.heard()).containsExactly("[message 1 root before 1 [tuple] [dictionary]]");
    assertThat(after)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(DeadReferenceException.class)
        .withMessageContaining("the connection was closed");
    peer.link().disconnect("over");
    assertThat(before)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(ConnectionLostException.class);
  }

  // ---- exposures ----

  @Test
  void anExposureIsReleasedOnceWhenTheOtherSideLetsGo() {
    peer.says("[message 1 root one 1 [tuple u\"a\"] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 1 [remote 1]]");
    assertThat(host.released).isEmpty();
    peer.says("[decref 1]");
    assertThat(host.released).containsExactly("a");
    peer.link().disconnect("over");
    assertThat(host.released).containsExactly("a");
  }

  @Test
  void anExposureIsReleasedOnceWhenTheConnectionEnds() {
    peer.says(
        "[message 1 root one 1 [tuple u\"a\"] [dictionary]]",
        "[message 2 root one 1 [tuple u\"b\"] [dictionary]]");
    peer.link().disconnect("over");
    peer.link().disconnect("over");
    assertThat(host.released).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void anExposureThatWasNeverSentIsReleased() {
    peer.says("[message 1 root unsendable 1 [tuple u\"part of what failed\"] [dictionary]]");
    assertThat(host.released).containsExactly("part of what failed");
  }

  @Test
  void anExposureThatComesTooLateIsReleased() {
    peer.says("[message 1 root later 1 [tuple u\"late\"] [dictionary]]");
    peer.link().disconnect("over");
    host.later.complete(1);
    peer.link().runTasks();
    assertThat(host.released).containsExactly("late");
  }

  @Test
  void anExposureForWhichThereIsNoRoomIsReleased() {
    peer.says("[message 1 root many 1 [tuple 1024] [dictionary]]");
    peer.says("[message 2 root one 1 [tuple u\"too many\"] [dictionary]]");
    assertThat(peer.heard()).last().asString().contains("Maximum PB reference count");
    assertThat(host.released).containsExactly("too many");
  }

  @Test
  void anExposureThatNobodyAskedForIsReleased() {
    peer.says("[message 1 root one 0 [tuple u\"unwanted\"] [dictionary]]");
    assertThat(host.released).containsExactly("unwanted");
  }

  @Test
  void aReleaseThatFailsHarmsNobodyElse() {
    peer.says(
        "[message 1 root failing 1 [tuple u\"a\"] [dictionary]]",
        "[message 2 root failing 1 [tuple u\"b\"] [dictionary]]",
        "[message 3 root one 1 [tuple u\"c\"] [dictionary]]");
    List<String> told = new ArrayList<>();
    peer.broker().onDisconnect(gone -> told.add("listener"));
    peer.link().runTasks();
    List<Throwable> reported =
        withHandler(
            () -> {
              peer.says("[decref 1]");
              assertThat(peer.end()).isNull();
              peer.link().disconnect("over");
            });
    assertThat(host.released).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(told).containsExactly("listener");
    assertThat(reported).hasSize(2);
  }

  /** Runs a task and gives what the thread's handler was told. */
  private static List<Throwable> withHandler(Runnable task) {
    List<Throwable> reported = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((t, e) -> reported.add(e));
    try {
      task.run();
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    return reported;
  }
}
