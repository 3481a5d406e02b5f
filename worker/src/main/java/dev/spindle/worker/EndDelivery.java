// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FarmException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports an attempt's end until the controller has answered, with true or with false: once on each
 * connection. Thread: any.
 */
final class EndDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(EndDelivery.class);

  private final ReportLine line;
  private final AttemptEnd end;
  private final Runnable acknowledged;
  private ReportLine.@Nullable Link toldOn;

  /**
   * Starts.
   *
   * @param acknowledged runs once, on the thread that brings the answer
   */
  static void start(ReportLine line, AttemptEnd end, Runnable acknowledged) {
    var delivery = new EndDelivery(line, end, acknowledged);
    line.onChange(delivery::tell);
    delivery.tell();
  }

  private EndDelivery(ReportLine line, AttemptEnd end, Runnable acknowledged) {
    this.line = line;
    this.end = end;
    this.acknowledged = acknowledged;
  }

  private void tell() {
    ReportLine.Link link = line.link().orElse(null);
    synchronized (this) {
      if (link == null || link == toldOn) {
        return;
      }
      toldOn = link;
    }
    link.call(end::tell).whenComplete((valid, failure) -> answered(failure));
  }

  private void answered(@Nullable Throwable failure) {
    if (failure == null || AttemptOver.refused((FarmException) failure).end().isEmpty()) {
      acknowledged.run();
    } else if (!ReportLine.isLoss((FarmException) failure)) {
      LOG.warn("the controller did not take an end, which is kept: {}", failure.getMessage());
    }
  }
}
