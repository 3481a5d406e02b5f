// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FarmException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far an attempt is: only the newest, one report at a time, and again on each new
 * connection. Thread: any.
 */
final class ProgressLine {
  private final ReportLine line;
  private final Halt halt;
  private Progress latest = new Progress(OptionalDouble.empty(), "");
  private ReportLine.@Nullable Link toldOn;
  private @Nullable Progress told;
  private boolean telling;
  private boolean ended;

  /** A percentage is cut to whole ones: finer steps are not worth a report. */
  private record Progress(OptionalDouble percent, String text) {}

  ProgressLine(ReportLine line, Halt halt) {
    this.line = line;
    this.halt = halt;
    line.onChange(this::tell);
  }

  void update(OptionalDouble percent, String text) {
    synchronized (this) {
      latest =
          new Progress(
              percent.isEmpty() ? percent : OptionalDouble.of(Math.floor(percent.getAsDouble())),
              text);
    }
    tell();
  }

  /** Tells nothing any more. */
  synchronized void end() {
    ended = true;
  }

  synchronized OptionalDouble percent() {
    return latest.percent();
  }

  private void tell() {
    ReportLine.Link link = line.link().orElse(null);
    Progress next;
    synchronized (this) {
      boolean isNew = link != toldOn || !latest.equals(told);
      if (ended || link == null || telling || !isNew || latest.text().isEmpty()) {
        return;
      }
      telling = true;
      toldOn = link;
      told = latest;
      next = latest;
    }
    link.call(report -> report.progress(next.percent(), next.text())).whenComplete(this::answered);
  }

  private void answered(@Nullable Boolean valid, @Nullable Throwable failure) {
    synchronized (this) {
      telling = false;
    }
    if (Boolean.FALSE.equals(valid)) {
      halt.request(AttemptOver.gone());
    } else if (failure instanceof FarmException refusal && !ReportLine.isLoss(refusal)) {
      halt.request(AttemptOver.refused(refusal));
    } else {
      tell();
    }
  }
}
