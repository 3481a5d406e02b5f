// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static dev.spindle.depot.Samples.ADA;
import static dev.spindle.depot.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Grant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes to the FTP port costs at most its own connection. */
final class FtpHostileClientTest {
  @TempDir private Path folder;
  private FileDepot depot;

  @BeforeEach
  void open() throws Exception {
    depot = FileDepot.open(Samples.settings(folder));
  }

  @AfterEach
  void othersAreServedNonetheless() throws Exception {
    Samples.put(depot, bytes(1000));
    depot.close();
  }

  @Test
  void garbageIsNoCommand() throws Exception {
    byte[] garbage = new byte[100_000];
    new Random(7).nextBytes(garbage);
    try (FtpWire wire = new FtpWire(depot.port())) {
      wire.expect("220");
      try {
        wire.sendRaw(garbage);
      } catch (IOException e) {
        // Thrown out before the end.
      }
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void aLineWithoutEndIsCutShort() throws Exception {
    byte[] endless = new byte[CommandLines.MAX_LINE_BYTES + 1];
    Arrays.fill(endless, (byte) 'A');
    try (FtpWire wire = new FtpWire(depot.port())) {
      wire.expect("220");
      wire.sendRaw(endless);
      wire.expect("500");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void aLineMayComeByteByByte() throws Exception {
    try (FtpWire wire = new FtpWire(depot.port())) {
      wire.expect("220");
      wire.control().setTcpNoDelay(true);
      for (byte b : "USER someone\r\n".getBytes(StandardCharsets.US_ASCII)) {
        wire.sendRaw(new byte[] {b});
      }
      wire.expect("331");
    }
  }

  @Test
  void aFloodOfLinesIsNotQueued() throws Exception {
    Grant grant = Samples.write(depot, ADA, bytes(10));
    try (FtpWire wire = FtpWire.login(grant)) {
      wire.epsv();
      wire.say("STOR " + grant.path(), "150"); // Now a command runs and the others wait.
      wire.sendRaw("NOOP\r\n".repeat(17).getBytes(StandardCharsets.US_ASCII));
      wire.expect("421");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void whoSaysNothingIsDropped() throws Exception {
    try (FileDepot brisk = brisk(Duration.ofMillis(300), Duration.ofSeconds(30));
        FtpWire wire = new FtpWire(brisk.port())) {
      wire.expect("220");
      wire.expect("421");
      assertThat(wire.isClosed()).isTrue();
      await().until(() -> brisk.connections() == 0);
    }
  }

  @Test
  void whoWaitsForAnAnswerIsNotDroppedForSilence() throws Exception {
    Duration idle = Duration.ofMillis(200);
    assertThat(idle).isLessThan(LoginThrottle.FIRST);
    try (FileDepot brisk = brisk(idle, Duration.ofSeconds(30));
        FtpWire wire = new FtpWire(brisk.port())) {
      wire.sendRaw("USER a\r\nPASS b\r\n".repeat(2).getBytes(StandardCharsets.US_ASCII));
      wire.expect("220");
      for (String code : List.of("331", "530", "331", "530")) {
        wire.expect(code);
      }
    }
  }

  @Test
  void whoIsBusyButNeverLogsInIsDropped() throws Exception {
    try (FileDepot brisk = brisk(Duration.ofSeconds(2), Duration.ofMillis(300));
        FtpWire wire = new FtpWire(brisk.port())) {
      wire.expect("220");
      String reply = wire.say("NOOP");
      while (reply != null && reply.startsWith("200")) {
        reply = wire.say("NOOP");
      }
      assertThat(reply).startsWith("421");
    }
  }

  @Test
  void aLoginThatThenSaysNothingIsDropped() throws Exception {
    try (FileDepot brisk = brisk(Duration.ofMillis(300), Duration.ofMillis(100))) {
      try (FtpWire wire = FtpWire.login(Samples.write(brisk, ADA, bytes(10)))) {
        wire.epsv();
        wire.expect("421");
        assertThat(wire.isClosed()).isTrue();
      }
    }
  }

  @Test
  void aDepotClosesAtOnceWhateverIsGoingOn() throws Exception {
    FileDepot busy = FileDepot.open(Samples.settings(folder.resolve("busy")));
    Grant grant = Samples.write(busy, ADA, bytes(10));
    try (FtpWire silent = new FtpWire(busy.port());
        FtpWire wire = FtpWire.login(grant)) {
      silent.expect("220");
      wire.epsv();
      wire.say("STOR " + grant.path(), "150");
      long before = System.nanoTime();
      busy.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      assertThat(wire.isClosed()).isTrue();
      assertThat(silent.isClosed()).isTrue();
    }
  }

  private FileDepot brisk(Duration idle, Duration loginDeadline) throws IOException {
    return FileDepot.open(
        DepotSettings.in(folder.resolve("brisk"))
            .with(Samples.limits(Duration.ofMinutes(1), idle, loginDeadline)));
  }
}
