// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.types.Types;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the user's code does, it costs its own call. */
class UserFaultsTest {

  /** An exception that fails to say what happened. */
  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  /** A stage of the user's own making. */
  private static final class OwnStage extends CompletableFuture<Object> {
    private final String way;

    OwnStage(String way) {
      this.way = way;
    }

    @Override
    public CompletableFuture<Object> whenComplete(
        BiConsumer<? super Object, ? super Throwable> action) {
      if (way.equals("twice")) {
        action.accept(1L, null);
        action.accept(2L, null);
      } else if (way.equals("afterwards")) {
        action.accept(1L, null);
      }
      if (!way.equals("twice")) {
        throw new UnsupportedOperationException("by request");
      }
      return this;
    }
  }

  private static final class Desk implements Referenceable {
    @Exposed
    Object fail(String way) {
      switch (way) {
        case "memory":
          throw new OutOfMemoryError("by request");
        case "stack":
          return fail(way);
        case "assert":
          throw new AssertionError("by request");
        case "link":
          throw new NoClassDefFoundError("a/B");
        default:
          throw new Mute();
      }
    }

    @Exposed
    CompletionStage<Object> stage(String way) {
      return new OwnStage(way);
    }

    @Exposed
    Object list(String way) {
      return List.of(1, failing(() -> fail(way)));
    }

    @Exposed
    Object echo(Object value) {
      return value;
    }
  }

  private static List<Object> failing(Runnable fault) {
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        fault.run();
        return 1;
      }

      @Override
      public int size() {
        return 1;
      }
    };
  }

  private final List<Throwable> reported = new ArrayList<>();
  private final RawPeer peer = RawPeer.ofServer(new Desk());

  @BeforeEach
  void listen() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> reported.add(error));
  }

  @AfterEach
  void itGoesOn() {
    Thread.currentThread().setUncaughtExceptionHandler(null);
    peer.says("[message 9 root echo 1 [tuple 5] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 9 5]");
    assertThat(peer.end()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory|java.lang.OutOfMemoryError: by request",
        "stack|java.lang.StackOverflowError",
        "assert|java.lang.AssertionError: by request",
        "link|java.lang.NoClassDefFoundError: a/B",
        "mute|dev.spindle.pb.broker.UserFaultsTest$Mute: (its message failed with"
            + " java.lang.IllegalStateException)",
      })
  void whatAMethodThrowsIsAnErrorOfItsCall(String way, String error) {
    peer.says("[message 1 root fail 1 [tuple u\"" + way + "\"] [dictionary]]");
    String text = error.contains(": ") ? "" : ": ";
    assertThat(peer.heard()).containsExactly("[error 1 !" + error + text + "]");
    peer.says("[message 2 root list 1 [tuple u\"" + way + "\"] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly("[error 2 !builtins.TypeError: the answer cannot be sent: " + error + "]");
  }

  /** The process may want to end for it; the call has its answer all the same. */
  @Test
  void anErrorOfTheJvmIsReportedToo() {
    peer.says("[message 1 root fail 1 [tuple u\"memory\"] [dictionary]]");
    assertThat(peer.heard()).hasSize(1);
    assertThat(reported).singleElement().isInstanceOf(OutOfMemoryError.class);
    peer.says("[message 1 root fail 1 [tuple u\"stack\"] [dictionary]]");
    peer.says("[message 1 root fail 0 [tuple u\"memory\"] [dictionary]]");
    assertThat(peer.heard()).hasSize(1);
    assertThat(reported).as("of a call that nobody waits for, too").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "never|[error 1 !java.lang.UnsupportedOperationException: by request]",
        "afterwards|[answer 1 1]",
        "twice|[answer 1 1]",
      })
  void aStageOfTheUsersOwnIsAnsweredOnce(String way, String answer) {
    peer.says("[message 1 root stage 1 [tuple u\"" + way + "\"] [dictionary]]");
    assertThat(peer.heard()).containsExactly(answer);
  }

  @ParameterizedTest
  @CsvSource({"memory,java.lang.OutOfMemoryError", "stack,java.lang.StackOverflowError"})
  void anArgumentThatFailsWhileItIsSentLeavesNoBytes(String way, String error) {
    Desk desk = new Desk();
    CompletableFuture<?> call =
        peer.broker().root().call("take", 1, failing(() -> desk.fail(way)), "x");
    assertThat(peer.heard()).isEmpty();
    Throwable failure = call.handle((value, thrown) -> thrown).join();
    assertThat(failure)
        .isInstanceOf(UnsendableException.class)
        .hasMessageStartingWith("the call of 'take' cannot be sent: " + error);
  }

  @Test
  void codeThatReadsWhatArrivesMayFailInAnyWay() {
    Types types =
        Types.builder()
            .readsAny(
                "a.Odd",
                state -> {
                  throw new NoClassDefFoundError("a/Odd");
                })
            .build();
    RawPeer odd = RawPeer.ofServer(new Desk(), BrokerSettings.DEFAULT.withTypes(types));
    odd.says("[message 1 root echo 1 [tuple [list [remote 5] [a.Odd 1]]] [dictionary]]");
    assertThat(odd.heard())
        .containsExactly(
            "[decref 5]",
            "[error 1 !builtins.ValueError: reading it failed: java.lang.NoClassDefFoundError:"
                + " a/Odd]");
    CompletableFuture<@Nullable Object> call = odd.broker().root().call("x");
    odd.says("[answer 1 [a.Odd 1]]");
    assertThat(call.handle((value, error) -> error).join())
        .isInstanceOf(UnreadableAnswerException.class)
        .hasMessageContaining("NoClassDefFoundError: a/Odd");
    assertThat(odd.end()).isNull();
  }

  /** No answer of any kind has room beside it, and nobody should wait for one for ever. */
  @Test
  void aRequestNumberThatLeavesNoRoomForAnAnswerEndsTheConnectionInOrder() {
    BananaLimits tight = new BananaLimits(1024, 16, 1200);
    RawPeer strict = RawPeer.ofServer(new Desk(), BrokerSettings.DEFAULT.withLimits(tight));
    strict.says("[message " + "x".repeat(900) + " root absent 1 [tuple] [dictionary]]");
    assertThat(strict.heard()).isEmpty();
    assertThat(strict.link().isClosing()).isTrue();
  }

  @Test
  void anAnswerThatIsTooLongAsAWholeIsAnError() {
    BananaLimits tight = new BananaLimits(1024, 16, 2048);
    RawPeer strict = RawPeer.ofServer(new Desk(), BrokerSettings.DEFAULT.withLimits(tight));
    String half = "u\"" + "x".repeat(600) + "\"";
    strict.says("[message 1 root echo 1 [tuple [list " + half + "]] [dictionary]]");
    assertThat(strict.heard()).singleElement().asString().startsWith("[answer 1 [list ");
    RawPeer client = RawPeer.ofClient(BrokerSettings.DEFAULT.withLimits(tight));
    CompletableFuture<?> call =
        client.broker().root().call("take", "x".repeat(1000), "x".repeat(1000), "x".repeat(1000));
    assertThat(client.heard()).isEmpty();
    assertThat(call.handle((value, error) -> error).join())
        .hasMessage(
            "the call of 'take' cannot be sent: argument 2: the message becomes longer than 2048"
                + " bytes");
  }
}
