// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.awaitFile;
import static dev.spindle.interop.farm.Farm.read;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which job runs where and when: two workers, one slot each, one of which burns discs. */
final class SchedulingTest {
  @RegisterExtension static final Farm farm = Farm.withController();

  @BeforeAll
  static void start() {
    farm.startController();
    farm.startWorker("burner", "--tag", "burner");
    farm.startWorker("plain");
  }

  @Test
  void higherPriorityRunsFirst() {
    Path started = farm.path("blocked");
    Path go = farm.path("unblock");
    Path order = farm.path("order");
    String block = "echo x >'%s'; until [ -e '%s' ]; do sleep 0.05; done".formatted(started, go);
    farm.submit("--tag=burner", "--", "sh", "-c", block);
    awaitFile(started);
    farm.submit("--tag=burner", "--priority=-5", "--", "sh", "-c", "echo low >>'" + order + "'");
    farm.submit("--tag=burner", "--", "sh", "-c", "echo usual >>'" + order + "'");
    long last =
        farm.submit(
            "--tag=burner", "--priority=5", "--", "sh", "-c", "echo high >>'" + order + "'");
    write(go, "");
    farm.awaitEnd(last);
    farm.awaitEnd(last - 2);
    assertThat(read(order)).isEqualTo("high\nusual\nlow\n");
  }

  @Test
  void aTagIsFoundWhereItIsAndAJobThatNobodyCanDoHoldsNobodyUp() {
    long never = farm.submit("--priority=1000", "--tag=laser", "--", "true");
    assertThat(farm.awaitEnd(farm.submit("--tag=burner", "--", "true")).workers())
        .containsExactly("burner");
    assertThat(farm.job(never).state()).isEqualTo("queued");
    farm.spindle("cancel", Long.toString(never));
    assertThat(farm.job(never).state()).isEqualTo("cancelled");
  }

  /** Each of the two jobs ends only once the other has started. */
  @Test
  void twoWorkersShareTheLoad() {
    String meet = "echo x >'%s'; until [ -e '%s' ]; do sleep 0.05; done";
    Path a = farm.path("a is here");
    Path b = farm.path("b is here");
    long first = farm.submit("--max-time=60", "--", "sh", "-c", meet.formatted(a, b));
    long second = farm.submit("--max-time=60", "--", "sh", "-c", meet.formatted(b, a));
    JobView one = farm.awaitEnd(first);
    JobView other = farm.awaitEnd(second);
    assertThat(one.state()).isEqualTo("succeeded");
    assertThat(other.state()).isEqualTo("succeeded");
    assertThat(one.workers()).hasSize(1).isNotEqualTo(other.workers());
  }
}
