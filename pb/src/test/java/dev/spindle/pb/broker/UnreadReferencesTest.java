// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * References in values that nobody reads: counted by the other side, and paid back all the same.
 */
class UnreadReferencesTest {

  private final RawPeer peer = RawPeer.ofServer(new Holder());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root echo 1 [tuple [list [remote 5] [remote 6]] [remote 5] [frobnicate]] [dictionary]",
        "root echo 1 [tuple [frobnicate [remote 5] [x [remote 6]]] [remote 5]] [dictionary]",
        "root echo 1 [tuple 1] [dictionary [u\"a\" [list [remote 5] [remote 6] [remote 5] []]]]",
        "root echo 1 [tuple [remote 5] []] [dictionary [u\"a\" [remote 6]] [u\"b\" [remote 5]]]",
        "root absent 1 [tuple [remote 5] [remote 6]] [dictionary [u\"k\" [remote 5]]]",
        "99 echo 1 [tuple [set [remote 5]] [remote 6]] [dictionary [[remote 5] 1]]",
        "root absent 0 [tuple [remote 5] [remote 6]] [dictionary [u\"k\" [remote 5]]]",
        "root echo 1 [dictionary [1 [remote 5]] [2 [remote 6]] [3 [remote 5]] [4]] [dictionary]",
        "root echo 1 [tuple [reference 1 [remote 5]] [remote 6] [tuple [remote 5]] 5 []]"
            + " [dictionary]",
        "root echo 1 [tuple [dictionary [remote 1] [list 2]] [remote 5] [remote 5] [remote 6] []]"
            + " [dictionary]",
      })
  void theReferencesOfRefusedArgumentsArePaidBackExactly(String call) {
    peer.says("[message 1 " + call + "]");
    List<String> decrefs = peer.heard().stream().filter(m -> m.startsWith("[decref")).toList();
    assertThat(decrefs).containsExactlyInAnyOrder("[decref 5]", "[decref 5]", "[decref 6]");
    Garbage.collect();
    assertThat(peer.heard()).as("and not a second time").isEmpty();
  }

  /** What was read before the refusal is garbage, and paid when the collector finds it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "root echo 1 [tuple [remote 5] [remote 6] [remote 5]] [dictionary]",
        "root needsText 1 [tuple [list [remote 5] [remote 6] [remote 5]]] [dictionary]",
        "root echo 1 [tuple [remote 5]] [dictionary [u\"a\" [remote 6]] [u\"b\" [remote 5]]]",
        "root echo 1 [tuple [remote 5] [remote 5]] [dictionary [5 [remote 6]]]",
      })
  void theReferencesOfArgumentsThatDoNotFitArePaidBackExactly(String call) {
    peer.says("[message 1 " + call + "]");
    List<String> heard = new ArrayList<>(peer.heard());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              heard.addAll(peer.heard());
              return heard.size() >= 4;
            });
    Garbage.collect();
    heard.addAll(peer.heard());
    heard.removeIf(message -> message.startsWith("[error"));
    assertThat(heard).containsExactlyInAnyOrder("[decref 5]", "[decref 5]", "[decref 6]");
  }

  @Test
  void theReferencesOfAnUnreadableAnswerArePaidBackExactly() {
    RawPeer server = RawPeer.ofClient();
    RemoteReference kept = server.gives("[remote 5]");
    CompletableFuture<@Nullable Object> call = server.broker().root().call("get");
    server.heard();
    server.says("[answer 2 [list [remote 5] [remote 5] [remote 6] [frobnicate]]]");
    assertThat(call).isCompletedExceptionally();
    assertThat(server.heard()).containsExactlyInAnyOrder("[decref 5]", "[decref 5]", "[decref 6]");
    kept.close();
    assertThat(server.heard()).as("the one that is still held").containsExactly("[decref 5]");
    Garbage.collect();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void whatIsNoReferenceIsNotPaid() {
    peer.says("[message 1 root absent 1 [tuple [remote root] [remote [x]] [remote]] [dictionary]]");
    assertThat(peer.heard()).singleElement().asString().contains("NoSuchMethod");
  }
}
