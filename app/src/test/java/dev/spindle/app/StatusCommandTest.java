// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.WorkerName;
import dev.spindle.farm.WorkerStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusCommandTest {

  /** A worker in another language need not tell either. */
  @Test
  void whatIsNotKnownIsADash() {
    StringWriter out = new StringWriter();
    StatusCommand.print(
        new WorkerName("w1"), new WorkerStatus(List.of(), -1, -1), new PrintWriter(out, true));
    assertThat(out.toString().lines())
        .containsExactly("worker     w1", "load       -", "free disk  -", "running    nothing");
  }
}
