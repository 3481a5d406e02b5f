// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.cred.OpenHouse;
import dev.spindle.pb.vectors.SteadyHeap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A whole broker that hears well-formed nonsense: nothing but a broken rule ends the connection, as
 * long as it stands each call that wants an answer has exactly one, and nothing outlives it. See
 * {@code pb/src/test/README.md}.
 */
@Tag("fuzz")
class BrokerFuzzTest {
  private static final int MESSAGES = 40;
  private static final int CALLS_OF_OURS = 10;

  private static final SteadyHeap HEAP = new SteadyHeap();

  /** Who is under test. */
  private enum Side {
    SERVER,
    SERVER_WITH_LOGINS,
    CLIENT
  }

  /** Each byte is a choice, and the conversation ends with the last. */
  @FuzzTest(maxDuration = "10m")
  void anyConversation(byte[] bytes) {
    Choices choices = new Choices(bytes);
    Side side = Side.values()[choices.below(3)];
    boolean large = choices.below(4) == 0;
    boolean byteByByte = choices.below(16) == 0;
    converse(side, choices::below, choices::areLeft, large, byteByByte);
    HEAP.check();
  }

  @ParameterizedTest
  @EnumSource
  void fiveHundredConversations(Side side) {
    int messages = 0;
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      messages += converse(side, random::nextInt, () -> true, seed % 2 == 1, seed % 20 == 3);
    }
    assertThat(messages).as("that they say something before they end").isGreaterThan(5_000);
  }

  /** Gives how many messages were said. */
  private static int converse(
      Side side, IntUnaryOperator choice, BooleanSupplier goesOn, boolean large, boolean cut) {
    FuzzDesk desk = new FuzzDesk();
    int[] inside = {0};
    BrokerSettings common = BrokerSettings.DEFAULT.withTypes(FuzzDesk.TYPES);
    BrokerSettings settings = large ? common.withLimits(Nonsense.SMALL) : common;
    RawPeer peer =
        switch (side) {
          case SERVER -> RawPeer.ofServer(desk, settings);
          case SERVER_WITH_LOGINS -> RawPeer.ofServer(OpenHouse.of(() -> desk, inside), settings);
          case CLIENT -> RawPeer.ofClient(settings);
        };
    if (cut) {
      peer.byteByByte();
    }
    if (side == Side.SERVER_WITH_LOGINS) {
      peer.says("[message 0 root loginAnonymous 1 [tuple [None]] [dictionary]]");
      assertThat(peer.heard()).containsExactly("[answer 0 [remote 1]]");
      assertThat(inside[0]).as("who are in").isOne();
    }
    List<CompletableFuture<?>> ours = new ArrayList<>();
    for (int i = 0; i < CALLS_OF_OURS; i++) {
      ours.add(peer.broker().root().withDeadline(Duration.ofSeconds(i + 1)).call("any", desk));
    }
    peer.heardExpressions();
    Nonsense nonsense = new Nonsense(choice, large);
    Expected expected = new Expected();
    int messages = 0;
    while (messages < MESSAGES && peer.end() == null && goesOn.getAsBoolean()) {
      messages++;
      interfere(peer, ours, choice);
      expected.heard(peer.heardExpressions());
      BananaList message = nonsense.message();
      expected.said(message);
      peer.saysExpression(message);
      expected.heard(peer.heardExpressions());
      if (peer.end() == null) {
        expected.check(message);
        assertBounded(peer.broker());
      }
    }
    peer.link().disconnect("the end");
    peer.link().runTasks();
    checkEnd(peer, desk, ours);
    assertThat(inside[0]).as("who have not left").isZero();
    return messages;
  }

  /** What this side does of itself. */
  private static void interfere(
      RawPeer peer, List<CompletableFuture<?>> ours, IntUnaryOperator choice) {
    switch (choice.applyAsInt(32)) {
      case 0 -> ours.get(choice.applyAsInt(CALLS_OF_OURS)).cancel(true);
      case 1 -> peer.link().clock().pass(Duration.ofSeconds(choice.applyAsInt(4)));
      default -> {}
    }
  }

  /**
   * All that was under way has an end, in one of the ways that are documented, and nothing is kept.
   */
  private static void checkEnd(RawPeer peer, FuzzDesk desk, List<CompletableFuture<?>> ours) {
    for (CompletableFuture<?> call : ours) {
      assertThat(call).isDone();
      Throwable error = call.handle((value, failure) -> failure).join();
      if (error != null) {
        assertThat(error).isInstanceOfAny(PbException.class, CancellationException.class);
      }
    }
    assertThat(peer.broker().referenceCounts()).isEqualTo(new ReferenceCounts(0, 0));
    assertThat(peer.broker().cacheCounts()).isEqualTo(new CacheCounts(0, 0));
    assertThat(desk.pond.observers).isEmpty();
    assertThat(peer.link().clock().waiting()).as("timers").isZero();
  }

  /** By what it has been given: each message of ours gives one object at most. */
  private static void assertBounded(Broker broker) {
    ReferenceCounts held = broker.referenceCounts();
    if (held.exported() > 2 + CALLS_OF_OURS + MESSAGES || held.imported() > 16) {
      throw new AssertionError("more objects than were given: " + held);
    }
  }
}
