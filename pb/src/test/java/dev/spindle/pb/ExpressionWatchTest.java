// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.EventLog;
import dev.spindle.pb.vectors.Notation;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that begin an expression and do not get on with it; on a clock that the test drives. */
class ExpressionWatchTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ENOUGH = 10 * ExpressionWatch.MIN_BYTES_PER_SECOND;

  private final Desk desk = new Desk();
  private final CompletableFuture<ConnectionLostException> lost = new CompletableFuture<>();
  private final EventLog log = new EventLog();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void open() {
    channel.freezeTime();
    NettyLink link =
        new NettyLink(
            self ->
                new Broker(
                    self,
                    Broker.Role.SERVER,
                    BrokerSettings.DEFAULT.withMaxCallsInFlight(1).withListener(log),
                    Map.of("root", desk)),
            LinkLimits.DEFAULT.withExpression(TIMEOUT).withMaxUnreadBytes(1000));
    channel.pipeline().addLast(link);
    channel.pipeline().fireChannelActive();
    link.broker().onDisconnect(lost::complete);
    channel.runPendingTasks();
    receive(Feeding.written(Notation.read("[pb]").get(0), Dialect.NONE));
    say("[version 6]");
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void receive(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
  }

  private void say(String message) {
    receive(written(message));
  }

  private static byte[] written(String message) {
    return Feeding.written(Notation.read(message), Dialect.PB);
  }

  /** Begins a string of so many bytes, with none of them. */
  private void begin(int bytes) {
    receive(
        new byte[] {
          (byte) (bytes & 0x7f), (byte) (bytes >> 7 & 0x7f), (byte) (bytes >> 14), (byte) 0x82
        });
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  @Test
  void whoBeginsAndStopsIsDroppedAfterTheTimeout() {
    begin(500_000);
    pass(TIMEOUT.minusMillis(1));
    assertThat(lost).isNotDone();
    pass(Duration.ofMillis(1));
    assertThat(lost)
        .isCompletedWithValueMatching(
            why ->
                why.getMessage().contains("of it came 0 bytes in 10.0 s: expected 1024 a second"));
    assertThat(channel.isOpen()).isFalse();
    assertThat(log.lines()).anyMatch(l -> l.matches("dropped: .* 0 bytes in 10.0 s: .*"));
  }

  @Test
  void aByteNowAndThenIsNotEnoughAndAKibibyteASecondIs() {
    begin(500_000);
    for (int i = 0; i < 10; i++) {
      receive(new byte[ENOUGH]);
      pass(TIMEOUT);
      assertThat(lost).isNotDone();
    }
    receive(new byte[ENOUGH - 1]);
    pass(TIMEOUT);
    assertThat(lost).isDone();
  }

  @Test
  void anExpressionThatBeganSinceTheLastLookHasItsTime() {
    byte[] call = written("[message 1 root echo 1 [tuple 5] [dictionary]]");
    receive(Arrays.copyOf(call, 5));
    pass(TIMEOUT.minusMillis(1));
    receive(Arrays.copyOfRange(call, 5, call.length));
    begin(500_000);
    pass(TIMEOUT.minusMillis(1));
    assertThat(lost).isNotDone();
    pass(TIMEOUT);
    assertThat(lost).isDone();
  }

  @Test
  void whoIsBetweenExpressionsMayBeSilent() {
    say("[message 1 root echo 1 [tuple 5] [dictionary]]");
    pass(TIMEOUT.multipliedBy(1000));
    assertThat(lost).isNotDone();
  }

  /** The call under way takes the only place: we stop reading in what came behind it. */
  @Test
  void forATimeInWhichWeDoNotReadNobodyIsToBlame() {
    byte[] call = written("[message 1 root never 1 [tuple] [dictionary]]");
    receive(Arrays.copyOf(call, 5));
    pass(TIMEOUT.minusMillis(1));
    receive(Arrays.copyOfRange(call, 5, call.length));
    assertThat(channel.config().isAutoRead()).isFalse();
    begin(500_000);
    pass(TIMEOUT.multipliedBy(3));
    assertThat(lost).isNotDone();
    desk.never.complete(null);
    channel.runPendingTasks();
    assertThat(channel.config().isAutoRead()).isTrue();
    pass(TIMEOUT);
    assertThat(lost).isDone();
  }

  // ---- what waits to be worked off ----

  @Test
  void whatWaitsHasABound() {
    say("[message 1 root never 1 [tuple] [dictionary]]");
    assertThat(channel.config().isAutoRead()).as("one call is all that may be under way").isFalse();
    receive(new byte[600]);
    receive(new byte[400]);
    assertThat(lost).isNotDone();
    receive(new byte[1]);
    assertThat(lost)
        .isCompletedWithValueMatching(
            why -> why.getMessage().contains("more than 1000 bytes wait to be worked off"));
  }

  /** One piece can be as long as a message: what carries us may not cut them. */
  @Test
  void onePieceMayBeLonger() {
    say("[message 1 root never 1 [tuple] [dictionary]]");
    receive(new byte[5000]);
    assertThat(lost).isNotDone();
    receive(new byte[1]);
    assertThat(lost).isDone();
  }
}
