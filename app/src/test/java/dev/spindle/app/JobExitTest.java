// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobState;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobExitTest {
  private final StringWriter err = new StringWriter();

  private int exit(Job job) {
    return JobExit.of(job, new PrintWriter(err, true));
  }

  @Test
  void aJobThatSucceededIsSilent() {
    assertThat(exit(SomeJobs.exited(JobState.SUCCEEDED, 0, ""))).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 126, 127, 130, 137, 255})
  void theCommandsOwnStatusIsOurs(int status) {
    assertThat(exit(SomeJobs.exited(JobState.FAILED, status, "exit status " + status)))
        .isEqualTo(status);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aJobWithoutAStatusIs125AndTellsWhy() {
    assertThat(exit(SomeJobs.without(JobState.FAILED, "no output for 5 s"))).isEqualTo(125);
    assertThat(err.toString().strip()).isEqualTo("spindle: job 7 failed: no output for 5 s");
  }

  /** The command was content, the farm was not: 0 would be a lie. */
  @Test
  void aFailedJobNeverLooksLikeSuccess() {
    assertThat(exit(SomeJobs.exited(JobState.FAILED, 0, "'a' was not delivered"))).isEqualTo(125);
    assertThat(err.toString()).contains("'a' was not delivered");
  }

  @Test
  void aCommandWhoseOwnStatusIs125IsTold() {
    assertThat(exit(SomeJobs.exited(JobState.FAILED, 125, "exit status 125"))).isEqualTo(125);
    assertThat(err.toString()).contains("exit status 125");
  }

  @Test
  void aCancelledJobIs130AndTellsWhy() {
    assertThat(exit(SomeJobs.without(JobState.CANCELLED, "not needed"))).isEqualTo(130);
    assertThat(err.toString().strip()).isEqualTo("spindle: job 7 was cancelled: not needed");
  }
}
