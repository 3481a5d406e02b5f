// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.JobSpec;
import java.math.BigDecimal;
import java.time.Duration;

/** Stops a command that is silent or runs for too long. Thread: any. */
final class TimeLimits implements AutoCloseable {
  private final CommandRun run;
  private final WorkerTime time;
  private final Halt halt;
  private WorkerTime.Timer silence = () -> {};
  private WorkerTime.Timer end = () -> {};
  private boolean closed;

  TimeLimits(CommandRun run, JobSpec spec, WorkerTime time, Halt halt) {
    this.run = run;
    this.time = time;
    this.halt = halt;
    spec.timeout().ifPresent(limit -> awaitSilence(limit, limit));
    spec.maxTime().ifPresent(this::awaitEnd);
  }

  private synchronized void awaitEnd(Duration limit) {
    end =
        time.after(
            limit, () -> halt.request(AttemptOver.failed("ran longer than " + text(limit), false)));
  }

  private synchronized void awaitSilence(Duration limit, Duration rest) {
    if (!closed) {
      silence = time.after(rest, () -> checkSilence(limit));
    }
  }

  private void checkSilence(Duration limit) {
    Duration silent = run.silence();
    if (silent.compareTo(limit) >= 0) {
      halt.request(AttemptOver.failed("no output for " + text(limit), false));
    } else {
      awaitSilence(limit, limit.minus(silent));
    }
  }

  /** A duration in seconds, as people write it. */
  private static String text(Duration limit) {
    return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  @Override
  public synchronized void close() {
    closed = true;
    silence.cancel();
    end.cancel();
  }
}
