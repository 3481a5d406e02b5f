// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.spindle.depot.DepotAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class RunningControllerTest {
  private final Logger workersLog =
      (Logger) LoggerFactory.getLogger("dev.spindle.hbqueue.HbClient");
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  @TempDir private Path home;

  @BeforeEach
  void listen() {
    heard.start();
    workersLog.setLevel(Level.INFO);
    workersLog.addAppender(heard);
  }

  @AfterEach
  void leave() {
    workersLog.detachAppender(heard);
    workersLog.setLevel(null);
  }

  @Test
  void aWorkerIsToldThatTheControllerEnds() throws IOException {
    try (TestFarm farm = TestFarm.in(home)) {
      farm.addWorker("w1");
      farm.endController();
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(heard.list)
                      .extracting(ILoggingEvent::getFormattedMessage)
                      .contains("the controller closes the connection: the controller is ending"));
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAfterTheNextStart() throws IOException {
    try (TestFarm farm = TestFarm.in(home)) {
      farm.submit("--", "echo", "kept");
    }
    try (TestFarm again = TestFarm.again(home)) {
      assertThat(again.run("jobs").out()).contains("queued", "echo kept");
      assertThat(again.submit("--", "true")).isEqualTo("2");
    }
  }

  @Test
  void aSecondOneInTheSameDirectoryIsRefusedAndTheFirstGoesOn() throws IOException {
    try (TestFarm farm = TestFarm.in(home)) {
      assertThatThrownBy(() -> TestFarm.again(home))
          .hasMessageContainingAll(home.toString(), "in use");
      assertThat(farm.run("jobs").exit()).isZero();
    }
  }

  @Test
  void anAddressThatIsTakenIsNamedAndNothingStaysOpen() throws IOException {
    try (TestFarm farm = TestFarm.in(home)) {
      DataDirectory other = new DataDirectory(home.resolve("other"));
      other.create();
      ControllerSetup taken =
          new ControllerSetup(other, farm.pb(), DepotAddress.LOOPBACK, Duration.ofSeconds(60));
      assertThatThrownBy(() -> RunningController.start(taken, "s"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on " + farm.pb());
      ControllerSetup free =
          new ControllerSetup(
              other, new HostPort("127.0.0.1", 0), DepotAddress.LOOPBACK, Duration.ofSeconds(60));
      RunningController.start(free, "s").close();
    }
  }
}
