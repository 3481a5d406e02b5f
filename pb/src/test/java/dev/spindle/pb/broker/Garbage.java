// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waits for what happens when the garbage collector finds the time. */
final class Garbage {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Garbage() {}

  /** Collects it, until a cleaner that had anything to do has done it. */
  static void collect() {
    boolean[] collected = {false};
    Cleaner.create().register(new Object(), () -> collected[0] = true);
    awaitTrue(() -> collected[0]);
    System.gc();
  }

  static void awaitTrue(BooleanSupplier condition) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .pollInSameThread()
        .until(
            () -> {
              System.gc();
              return condition.getAsBoolean();
            });
  }

  /** Collects it until a broker has said as much as is expected, and compares. */
  static void awaitHearing(RawPeer peer, Collection<String> expected) {
    List<String> heard = new ArrayList<>();
    awaitTrue(
        () -> {
          heard.addAll(peer.heard());
          return heard.size() >= expected.size();
        });
    assertThat(heard).containsExactlyInAnyOrderElementsOf(expected);
  }
}
