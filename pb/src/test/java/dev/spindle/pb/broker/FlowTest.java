// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that take their time: what they hold up, and how many there may be. */
class FlowTest {

  private static final class Desk implements Referenceable {
    final List<CompletableFuture<Object>> waiting = new ArrayList<>();
    final CountDownLatch released = new CountDownLatch(1);

    @Exposed
    CompletableFuture<Object> later() {
      waiting.add(new CompletableFuture<>());
      return waiting.get(waiting.size() - 1);
    }

    @Exposed
    String quick() {
      return "quick";
    }

    @Exposed(blocking = true)
    Object slow(PbConnection caller) throws InterruptedException {
      if (!released.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody released it");
      }
      return Thread.currentThread().getName();
    }

    @Exposed(blocking = true)
    Object slowAndBad() {
      throw new PbError("a.Slow", "and bad");
    }

    @Exposed(blocking = true)
    CompletableFuture<Object> slowAndLater() {
      return later();
    }

    @Exposed(blocking = true)
    Object callsBack(RemoteReference caller) {
      return caller.call("question").join();
    }
  }

  private static BrokerSettings settings(int maxCalls, java.util.concurrent.Executor blocking) {
    return BrokerSettings.DEFAULT.withMaxCallsInFlight(maxCalls).withBlocking(blocking);
  }

  private final Desk desk = new Desk();

  @Test
  void readingStopsAtTheLimitAndGoesOnBelowIt() {
    RawPeer peer = RawPeer.ofServer(desk, settings(3, Runnable::run));
    for (int i = 1; i <= 2; i++) {
      peer.says("[message " + i + " root later 1 [tuple] [dictionary]]");
    }
    assertThat(peer.link().isReading()).isTrue();
    peer.says("[message 3 root later 1 [tuple] [dictionary]]");
    assertThat(peer.link().isReading()).isFalse();
    desk.waiting.get(1).complete(1);
    assertThat(peer.link().isReading()).isTrue();
    assertThat(peer.heard()).containsExactly("[answer 2 1]");
  }

  @Test
  void whatIsBeyondTheLimitWaitsAlthoughItHasArrived() {
    RawPeer peer = RawPeer.ofServer(desk, settings(2, Runnable::run));
    List<String> calls = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      calls.add("[message " + i + " root later 1 [tuple] [dictionary]]");
    }
    peer.saysAtOnce(calls);
    for (int begun = 2; begun < 5; begun++) {
      assertThat(desk.waiting).hasSize(begun);
      assertThat(peer.link().isReading()).isFalse();
      desk.waiting.get(begun - 2).complete(begun);
      peer.link().runTasks();
    }
    assertThat(desk.waiting).hasSize(5);
    desk.waiting.get(4).complete(5);
    assertThat(peer.link().isReading()).isTrue();
    assertThat(peer.heard()).hasSize(4);
  }

  @Test
  void callsThatAreAnsweredAtOnceDoNotCount() {
    RawPeer peer = RawPeer.ofServer(desk, settings(2, Runnable::run));
    List<String> calls = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      calls.add("[message " + i + " root quick 1 [tuple] [dictionary]]");
    }
    peer.saysAtOnce(calls);
    assertThat(peer.link().isReading()).isTrue();
    assertThat(peer.heard()).hasSize(50);
  }

  @Test
  void callsWithoutAnswerCountWhileTheyRun() {
    RawPeer peer = RawPeer.ofServer(desk, settings(1, Runnable::run));
    peer.says("[message 1 root later 0 [tuple] [dictionary]]");
    assertThat(peer.link().isReading()).isFalse();
    desk.waiting.get(0).complete(1);
    assertThat(peer.link().isReading()).isTrue();
    assertThat(peer.heard()).isEmpty();
  }

  @Test
  void aBlockingMethodDoesNotHoldUpThoseBehindIt() {
    ExecutorService threads = Executors.newCachedThreadPool(r -> new Thread(r, "blocking one"));
    try {
      RawPeer peer = RawPeer.ofServer(desk, threads);
      peer.says(
          "[message 1 root slow 1 [tuple] [dictionary]]",
          "[message 2 root quick 1 [tuple] [dictionary]]");
      assertThat(peer.heard()).containsExactly("[answer 2 u\"quick\"]");
      desk.released.countDown();
      awaitHearing(peer, "[answer 1 u\"blocking one\"]");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aBlockingMethodMayWaitForACallOfItsOwn() {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      RawPeer peer = RawPeer.ofServer(desk, threads);
      peer.says("[message 1 root callsBack 1 [tuple [remote 7]] [dictionary]]");
      awaitHearing(peer, "[message 1 7 question 1 [tuple] [dictionary]]");
      peer.says("[answer 1 u\"answer\"]");
      awaitHearing(peer, "[answer 1 u\"answer\"]");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void blockingMethodsCountFromTheirArrival() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    RawPeer peer = RawPeer.ofServer(desk, settings(2, tasks::add));
    peer.says(
        "[message 1 root slowAndBad 1 [tuple] [dictionary]]",
        "[message 2 root slowAndLater 1 [tuple] [dictionary]]");
    assertThat(peer.link().isReading()).isFalse();
    tasks.remove().run();
    assertThat(peer.heard()).containsExactly("[error 1 !a.Slow: and bad]");
    assertThat(peer.link().isReading()).isTrue();
    tasks.remove().run();
    assertThat(peer.heard()).isEmpty();
    desk.waiting.get(0).complete("late");
    assertThat(peer.heard()).containsExactly("[answer 2 u\"late\"]");
  }

  @Test
  void aBlockingMethodOnAnEndpointThatIsClosingIsRefused() {
    RawPeer peer =
        RawPeer.ofServer(
            desk,
            settings(
                1,
                task -> {
                  throw new RejectedExecutionException("closed");
                }));
    peer.says("[message 1 root slow 1 [tuple] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().startsWith("[error 1 !");
    assertThat(peer.link().isReading()).isTrue();
  }

  private static void awaitHearing(RawPeer peer, String expected) {
    await()
        .atMost(10, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .pollInSameThread()
        .until(() -> peer.heard().contains(expected));
  }
}
