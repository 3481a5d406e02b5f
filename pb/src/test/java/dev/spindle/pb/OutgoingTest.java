// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The buffer in which messages gather. */
class OutgoingTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final Outgoing outgoing = new Outgoing(channel.pipeline().firstContext(), Runnable::run);

  @AfterEach
  void close() {
    outgoing.abandon();
    channel.finishAndReleaseAll();
  }

  private int nextCapacityAfter(int bytes) {
    outgoing.buffer().writeZero(bytes);
    outgoing.flush();
    return outgoing.buffer().capacity();
  }

  @Test
  void itIsMadeForAsMuchAsLastTime() {
    assertThat(nextCapacityAfter(100_000)).isBetween(100_000, 200_000);
    assertThat(nextCapacityAfter(1)).isLessThan(1_000);
  }

  /** Else one large answer gave room to all the small ones behind it that nobody reads. */
  @Test
  void butNotForOneLargeMessageAgain() {
    assertThat(nextCapacityAfter(16 << 20)).isLessThanOrEqualTo(256 * 1024);
  }
}
