// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.jelly.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A whole broker that hears well-formed nonsense: nothing but a broken rule ends the connection,
 * and as long as it stands each call that wants an answer has exactly one. See {@code
 * pb/src/test/README.md}.
 */
@Tag("fuzz")
class BrokerFuzzTest {
  private static final int MESSAGES = 40;
  private static final int CALLS_OF_OURS = 10;

  /** A method of each kind. */
  private static final class Desk implements Referenceable {
    final Pond pond = new Pond("mallard");
    private @Nullable Object kept;

    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      kept = value;
      return value;
    }

    @Exposed
    Pond pond() {
      return pond;
    }

    @Exposed
    String two(String a, Optional<Integer> b) {
      return a + b;
    }

    @Exposed
    Object rest(Object... rest) {
      return Tuple.of(rest);
    }

    @Exposed
    CompletionStage<Object> later(@Nullable Object value) {
      return CompletableFuture.completedFuture(new Desk());
    }

    @Exposed
    Object give() {
      return new Exposure(new Desk(), Exposure.Kind.PERSPECTIVE, () -> {});
    }

    @Exposed
    Object fail(RemoteReference reference) {
      throw new PbError("a.B", String.valueOf(kept == null) + reference);
    }
  }

  @FuzzTest(maxDuration = "10m")
  void anyConversation(FuzzedDataProvider data) {
    boolean large = data.consumeBoolean();
    converse(
        new Nonsense(bound -> data.consumeInt(0, bound - 1), large), large, data.consumeBoolean());
  }

  @Test
  void fiveHundredConversations() {
    int messages = 0;
    for (int seed = 0; seed < 500; seed++) {
      boolean large = seed % 2 == 1;
      messages += converse(new Nonsense(new Random(seed), large), large, seed % 20 == 3);
    }
    assertThat(messages).as("that they say something before they end").isGreaterThan(5_000);
  }

  /** Gives how many messages were said. */
  private static int converse(Nonsense nonsense, boolean large, boolean byteByByte) {
    Desk desk = new Desk();
    BrokerSettings settings = BrokerSettings.DEFAULT.withTypes(PondCopy.TYPES);
    RawPeer peer = RawPeer.ofServer(desk, large ? settings.withLimits(Nonsense.SMALL) : settings);
    if (byteByByte) {
      peer.byteByByte();
    }
    List<CompletableFuture<?>> ours = new ArrayList<>();
    for (int i = 0; i < CALLS_OF_OURS; i++) {
      ours.add(peer.broker().root().call("any", new Desk()));
    }
    peer.heard();
    int messages = 0;
    while (messages < MESSAGES && peer.end() == null) {
      messages++;
      BananaList message = nonsense.message();
      peer.saysExpression(message);
      List<Object> heard = peer.heardExpressions();
      if (peer.end() == null) {
        assertThat(answersTo(message, heard)).isEqualTo(wantsAnswer(message) ? 1 : 0);
        assertBounded(peer.broker());
      }
    }
    peer.link().disconnect("the end");
    assertThat(ours).allMatch(CompletableFuture::isDone);
    assertThat(peer.broker().referenceCounts()).isEqualTo(new Broker.ReferenceCounts(0, 0));
    assertThat(peer.broker().cacheCounts()).isEqualTo(new Broker.CacheCounts(0, 0));
    assertThat(desk.pond.observers).isEmpty();
    return messages;
  }

  /** By what it has been given: each message of ours gives one object at most. */
  private static void assertBounded(Broker broker) {
    Broker.ReferenceCounts held = broker.referenceCounts();
    assertThat(held.exported()).isLessThanOrEqualTo(1 + CALLS_OF_OURS + MESSAGES);
    assertThat(held.imported()).as("numbers from 0 to 5, and names").isLessThanOrEqualTo(16);
  }

  private static boolean wantsAnswer(BananaList message) {
    boolean isCall =
        Recording.isCommand(message, "message") || Recording.isCommand(message, "cachemessage");
    return isCall && message.get(4).equals(1L);
  }

  private static long answersTo(BananaList message, List<Object> heard) {
    return heard.stream()
        .filter(e -> Recording.isCommand(e, "answer") || Recording.isCommand(e, "error"))
        .peek(e -> assertThat(((BananaList) e).get(1)).isEqualTo(message.get(1)))
        .count();
  }
}
