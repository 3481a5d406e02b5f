// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.JobId;
import dev.spindle.operator.OperatorClient;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobFollowerTest {
  @TempDir private Path home;

  /** A controller that goes between two questions is told of like one that goes while we wait. */
  @Test
  void whoReadsALogWhenTheControllerGoesIsToldHowToGoOn() throws IOException {
    try (TestFarm farm = TestFarm.in(home)) {
      farm.addWorker("w1");
      long id = 1;
      assertThat(farm.run("submit", "--wait", "--", "echo", "one").exit()).isZero();
      PrintWriter out =
          new PrintWriter(
              new FilterWriter(new StringWriter()) {
                @Override
                public void write(String text, int from, int length) {
                  farm.endController();
                }
              });
      PrintWriter err = new PrintWriter(new StringWriter());
      try (OperatorClient operator =
          OperatorClient.connect(
              farm.pb().host(), farm.pb().port(), Secrets.read(farm.data().operatorSecret()))) {
        JobFollower follower =
            new JobFollower(operator, new LogPrinter(out, err), new StatusLine(err, false));
        assertThatThrownBy(() -> follower.follow(new JobId(id)))
            .isInstanceOf(FarmException.class)
            .hasMessage(
                "lost the controller in the middle of the log of job %d:"
                    + " 'spindle logs -f %d' prints it again",
                id, id);
      }
    }
  }
}
