// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.broker.Inbox;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds peers that begin an expression and do not get on with it: what has arrived of it would be
 * kept for ever.
 *
 * <p>Looks once in a while, and only when an expression is open. If it was open at the last look
 * too, it must have grown by {@link #MIN_BYTES_PER_SECOND}. A time in which we did not read does
 * not count. So a slow peer is found after one to two times the timeout, and one that is quick
 * enough may take as long as it likes.
 *
 * <p>Thread: the connection's.
 */
final class ExpressionWatch {
  /** The slowest that an expression may come in, once it takes longer than the timeout. */
  static final int MIN_BYTES_PER_SECOND = 1024;

  private final Inbox inbox;
  private final EventExecutor loop;
  private final Duration timeout;
  private final Consumer<String> tooSlow;
  private @Nullable Future<?> nextLook;
  private long expression;
  private long bytes;
  private boolean wasHeld;

  ExpressionWatch(Inbox inbox, EventExecutor loop, Duration timeout, Consumer<String> tooSlow) {
    this.inbox = inbox;
    this.loop = loop;
    this.timeout = timeout;
    this.tooSlow = tooSlow;
  }

  /** Something was read. */
  void afterRead() {
    if (nextLook == null && inbox.isInsideExpression()) {
      lookLater();
    }
  }

  /** We do not read for now, and the peer is not to blame. */
  void held() {
    wasHeld = true;
  }

  void stop() {
    if (nextLook != null) {
      nextLook.cancel(false);
    }
  }

  private void lookLater() {
    expression = inbox.expressionsRead();
    bytes = inbox.bytesOfExpression();
    wasHeld = false;
    nextLook = loop.schedule(this::look, timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    nextLook = null;
    if (!inbox.isInsideExpression()) {
      return;
    }
    long came = inbox.bytesOfExpression() - bytes;
    boolean isSame = inbox.expressionsRead() == expression;
    if (isSame && !wasHeld && came < timeout.toMillis() * MIN_BYTES_PER_SECOND / 1000) {
      tooSlow.accept(
          "it has begun an expression, and of it came "
              + came
              + " bytes in "
              + timeout.toMillis() / 1000.0
              + " s: expected "
              + MIN_BYTES_PER_SECOND
              + " a second");
    } else {
      lookLater();
    }
  }
}
