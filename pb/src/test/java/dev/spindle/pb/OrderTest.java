// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.connect;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order calls start and end. */
@Timeout(60)
class OrderTest {
  private static final int CALLS = 5000;

  private static final class Log implements Referenceable {
    final List<Integer> started = new ArrayList<>();
    final CountDownLatch released = new CountDownLatch(1);
    final CompletableFuture<String> blocked = new CompletableFuture<>();

    @Exposed
    CompletableFuture<Integer> start(int number) {
      started.add(number);
      return number % 7 == 0
          ? CompletableFuture.supplyAsync(() -> number)
          : CompletableFuture.completedFuture(number);
    }

    @Exposed(blocking = true)
    void block() throws InterruptedException {
      blocked.complete(Thread.currentThread().getName());
      assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private final Log log = new Log();

  @Test
  void callsStartInTheOrderInWhichTheyWereMadeAlsoBeforeTheHandshake() throws Exception {
    try (PbServer server = server().root(log).start();
        PbClient client = connect(server)) {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      List<Integer> made = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        made.add(i);
        if (i % 3 == 0) {
          client.root().send("start", i);
        } else {
          calls.add(client.root().call("start", i));
        }
      }
      for (CompletableFuture<?> call : calls) {
        call.get(20, TimeUnit.SECONDS);
      }
      client.root().call("start", CALLS).get(20, TimeUnit.SECONDS);
      made.add(CALLS);
      assertThat(log.started).isEqualTo(made);
    }
  }

  @Test
  void oneThatBlocksHasAThreadOfItsOwnAndHoldsUpNobody() throws Exception {
    try (PbServer server = server().threads(1).root(log).start();
        PbClient client = connect(server)) {
      CompletableFuture<?> blocking = client.root().call("block");
      for (int i = 0; i < 100; i++) {
        assertThat(client.root().call("start", i).get(20, TimeUnit.SECONDS)).isEqualTo((long) i);
      }
      assertThat(log.blocked.get(20, TimeUnit.SECONDS)).doesNotStartWith("pb-server-1");
      assertThat(blocking).isNotDone();
      log.released.countDown();
      blocking.get(20, TimeUnit.SECONDS);
    }
  }
}
