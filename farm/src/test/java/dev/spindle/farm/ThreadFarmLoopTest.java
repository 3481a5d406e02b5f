// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ThreadFarmLoopTest {

  @Test
  void tasksRunInOrderOnOneNamedDaemonThread() {
    List<Integer> order = new ArrayList<>();
    var thread = new CompletableFuture<Thread>();
    try (var loop = new ThreadFarmLoop()) {
      for (int i = 0; i < 1000; i++) {
        int number = i;
        loop.execute(() -> order.add(number));
      }
      loop.execute(() -> thread.complete(Thread.currentThread()));
      assertThat(thread.join().getName()).isEqualTo("farm");
      assertThat(thread.join().isDaemon()).isTrue();
    }
    assertThat(order).hasSize(1000).isSorted();
  }

  @Test
  void anExceptionInATaskDoesNotEndTheLoop() {
    var after = new CompletableFuture<String>();
    try (var loop = new ThreadFarmLoop()) {
      loop.execute(
          () -> {
            throw new IllegalStateException("one task fails");
          });
      loop.schedule(
          Duration.ZERO,
          () -> {
            throw new StackOverflowError("another fails badly");
          });
      loop.schedule(Duration.ofMillis(1), () -> after.complete("ran"));
      assertThat(after.join()).isEqualTo("ran");
    }
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    var events = new ArrayList<String>();
    var done = new CompletableFuture<Void>();
    try (var loop = new ThreadFarmLoop()) {
      loop.execute( // on the loop, so that it cannot run before it is cancelled
          () -> {
            loop.schedule(Duration.ofMillis(1), () -> events.add("cancelled")).cancel();
            loop.schedule(Duration.ofMillis(2), () -> done.complete(null));
          });
      done.join();
    }
    assertThat(events).isEmpty();
  }

  @Test
  void closingRunsWhatWasGivenAndDropsWhatWaitsForItsTime() {
    var events = new ArrayList<String>();
    var loop = new ThreadFarmLoop();
    loop.schedule(Duration.ofHours(1), () -> events.add("late"));
    for (int i = 0; i < 100; i++) {
      loop.execute(() -> events.add("given"));
    }
    loop.close();
    loop.close();
    assertThat(events).hasSize(100).containsOnly("given");
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void closingOnTheLoopItselfDoesNotWaitForItself() throws Exception {
    var loop = new ThreadFarmLoop();
    var closed = new CompletableFuture<Void>();
    loop.execute(
        () -> {
          loop.close();
          closed.complete(null);
        });
    closed.get(10, TimeUnit.SECONDS);
  }

  @Test
  void clocksAreTheMachines() {
    try (var loop = new ThreadFarmLoop()) {
      long before = System.nanoTime();
      assertThat(loop.nanoTime() - before).isNotNegative();
      assertThat(loop.now()).isNotNull();
    }
  }

  /** The whole controller on the real loop, called from another thread. */
  @Test
  void aControllerAnswersOnTheLoopAndRefusesOnceItHasEnded() {
    var loop = new ThreadFarmLoop();
    var controller =
        Controller.start(loop, new FakeJobStore(), new FakeDepot(), ControllerSettings.defaults());
    var thread =
        controller
            .submit(TestFarm.spec().build())
            .thenApply(job -> Thread.currentThread().getName());
    assertThat(thread.toCompletableFuture().join()).isIn("farm", Thread.currentThread().getName());
    controller.close();
    loop.close();
    assertThatThrownBy(
            () -> controller.submit(TestFarm.spec().build()).toCompletableFuture().join())
        .hasMessageContaining("the controller is ending");
    controller.close();
  }
}
