// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static dev.spindle.depot.Samples.ADA;
import static dev.spindle.depot.Samples.bytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How data connections come about, and with whom. */
final class FtpDataConnectionTest {
  private static final byte[] CONTENT = bytes(100_000);
  private static final Pattern PASV =
      Pattern.compile("227 .*\\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)");

  @TempDir private Path folder;
  private FileDepot depot;
  private StoredFile stored;

  @BeforeEach
  void open() throws Exception {
    depot = FileDepot.open(Samples.settings(folder));
    stored = Samples.put(depot, CONTENT);
  }

  @AfterEach
  void close() {
    depot.close();
  }

  @Test
  void pasvTellsTheAddressOfTheControlConnection() throws Exception {
    try (FileDepot wild =
            FileDepot.open(Samples.settings(folder.resolve("w")).with(DepotAddress.at("", 0)));
        FtpWire wire = new FtpWire("127.0.0.3", wild.port())) {
      wire.expect("220");
      Grant grant = Samples.write(wild, ADA, CONTENT);
      assertThat(wire.tryLogin(grant.user(), grant.password())).startsWith("230");
      Matcher pasv = pasv(wire);
      assertThat(address(pasv)).isEqualTo("127.0.0.3");
      try (Socket data = wire.dataFrom("127.0.0.1", port(pasv))) {
        // From the address that the control connection has there.
        wire.say("STOR " + grant.path(), "150");
        data.getOutputStream().write(CONTENT);
      }
      wire.expect("226");
    }
  }

  @Test
  void pasvTellsTheAdvertisedHostIfThereIsOne() throws Exception {
    DepotAddress advertised = DepotAddress.LOOPBACK.withAdvertisedHost("127.0.0.9");
    try (FileDepot known = FileDepot.open(Samples.settings(folder.resolve("k")).with(advertised));
        FtpWire wire = FtpWire.login(Samples.write(known, ADA, CONTENT))) {
      assertThat(address(pasv(wire))).isEqualTo("127.0.0.9");
    }
  }

  @Test
  void aStrangersDataConnectionIsClosedAndTheRightOneStillAwaited() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = FtpWire.login(grant)) {
      int port = wire.epsv();
      try (Socket stranger = wire.dataFrom("127.0.0.2", port)) {
        wire.say("RETR " + grant.path(), "150");
        assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        try (Socket right = wire.dataFrom("127.0.0.1", port)) {
          assertThat(right.getInputStream().readAllBytes()).isEqualTo(CONTENT);
        }
        wire.expect("226");
      }
    }
  }

  @Test
  void portAndEprtReachTheClientItself() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = FtpWire.login(grant);
        ServerSocket ours = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = ours.getLocalPort();
      for (String command :
          List.of(
              "PORT 127,0,0,1," + (port >> 8) + "," + (port & 0xff),
              "EPRT |1|127.0.0.1|" + port + "|")) {
        wire.say(command, "200");
        wire.say("RETR " + grant.path(), "150");
        try (Socket data = ours.accept()) {
          assertThat(data.getInputStream().readAllBytes()).isEqualTo(CONTENT);
        }
        wire.expect("226");
      }
    }
  }

  @Test
  void otherTargetsAreRefused() throws Exception {
    try (FtpWire wire = FtpWire.login(depot.grantRead(ADA, stored))) {
      wire.say("PORT 127,0,0,2,200,1", "504");
      wire.say("PORT 10,0,0,1,200,1", "504");
      wire.say("PORT 127,0,0,1,0,21", "504");
      wire.say("PORT 127,0,0,1,3,255", "504");
      wire.say("PORT 127,0,0,1,256,1", "501");
      wire.say("PORT 127,0,0,1,1", "501");
      wire.say("PORT localhost", "501");
      wire.say("EPRT |1|127.0.0.2|5000|", "504");
      wire.say("EPRT |1|127.0.0.1|80|", "504");
      wire.say("EPRT |1|127.0.0.1|99999|", "504");
      wire.say("EPRT |2|::1|5000|", "504");
      wire.say("EPRT |1|999.1.1.1|5000|", "501");
      wire.say("EPRT |1|beef|5000|", "501");
      wire.say("EPRT |1|localhost|5000|", "501");
      wire.say("EPRT", "501");
      wire.say("RETR " + "/" + stored.sha256(), "425");
    }
  }

  @Test
  void epsvAllAllowsNothingElse() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = FtpWire.login(grant)) {
      wire.say("EPSV 1", "229");
      wire.say("EPSV 2", "522");
      wire.say("EPSV ALL", "200");
      wire.say("PASV", "503");
      wire.say("PORT 127,0,0,1,200,1", "503");
      wire.say("EPRT |1|127.0.0.1|5000|", "503");
      assertThat(wire.retrieve(grant)).isEqualTo(CONTENT);
    }
  }

  @Test
  void aDataConnectionMustBeArrangedFirst() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = FtpWire.login(grant)) {
      wire.say("RETR " + grant.path(), "425");
    }
  }

  @Test
  void aSecondPasvReplacesTheFirst() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = FtpWire.login(grant)) {
      int first = wire.epsv();
      wire.epsv();
      assertThatThrownBy(() -> wire.dataFrom("127.0.0.1", first)).isInstanceOf(IOException.class);
      assertThat(wire.retrieve(grant)).isEqualTo(CONTENT);
    }
  }

  @Test
  void whoNeverOpensTheDataConnectionIsTold() throws Exception {
    try (FileDepot brisk = brisk()) {
      Grant grant = Samples.write(brisk, ADA, CONTENT);
      try (FtpWire wire = FtpWire.login(grant)) {
        wire.epsv();
        wire.say("STOR " + grant.path(), "150");
        wire.expect("425");
        wire.say("NOOP", "200");
      }
    }
  }

  @Test
  void aborCutsATransferAndTheLoginGoesOn() throws Exception {
    byte[] large = bytes(32 << 20);
    Grant grant = depot.grantRead(ADA, Samples.put(depot, large));
    try (FtpWire wire = FtpWire.login(grant)) {
      try (Socket data = wire.data()) {
        wire.say("RETR " + grant.path(), "150");
        assertThat(data.getInputStream().readNBytes(10)).isEqualTo(Samples.upTo(large, 10));
        wire.send("ABOR");
        wire.expect("426");
        wire.expect("226");
      }
      wire.epsv();
      wire.say("RETR " + grant.path(), "150");
      wire.sendRaw(new byte[] {(byte) 0xff, (byte) 0xf4, (byte) 0xff, (byte) 0xf2});
      wire.send("abor"); // while the connection is only awaited
      wire.expect("425");
      wire.expect("226");
      wire.epsv();
      wire.sendRaw(("RETR " + grant.path() + "\r\nABOR\r\n").getBytes(US_ASCII));
      String first = wire.reply(); // 150, or the refusal when the abort was faster
      assertThat(first.startsWith("150") ? wire.reply() : first).startsWith("42");
      wire.expect("226");
      wire.say("ABOR", "226");
    }
  }

  @Test
  void aborBeforeTheLoginCutsNothingAfterIt() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = new FtpWire(depot.port())) {
      wire.expect("220");
      wire.say("ABOR", "530");
      assertThat(wire.tryLogin(grant.user(), grant.password())).startsWith("230");
      assertThat(wire.retrieve(grant)).isEqualTo(CONTENT);
    }
  }

  @Test
  void restResumesADownloadAnywhere() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = FtpWire.login(grant)) {
      for (int offset : new int[] {0, 1, 99_999, 100_000}) {
        wire.say("REST " + offset, "350");
        assertThat(wire.retrieve(grant)).isEqualTo(Samples.from(CONTENT, offset));
      }
      wire.say("REST 100001", "350");
      wire.epsv();
      assertThat(wire.say("RETR " + grant.path())).startsWith("554").contains("100000");
      assertThat(wire.retrieve(grant)).as("REST counts once").isEqualTo(CONTENT);
    }
  }

  @Test
  void portsOfARangeNeverLeak() throws Exception {
    int count = 10;
    try (FileDepot ranged = ranged(count)) {
      StoredFile small = Samples.put(ranged, bytes(2000));
      ExecutorService clients = Executors.newFixedThreadPool(16);
      List<Future<Integer>> done = new ArrayList<>();
      for (int client = 0; client < 16; client++) {
        done.add(clients.submit(() -> transfers(ranged, small, 70)));
      }
      int total = 0;
      for (Future<Integer> one : done) {
        total += one.get();
      }
      clients.shutdown();
      assertThat(total).isGreaterThanOrEqualTo(1000);
      await().untilAsserted(() -> assertThat(ranged.freePassivePorts()).isEqualTo(count));
    }
  }

  @Test
  void whenAllPortsAreTakenAClientIsToldToTryAgain() throws Exception {
    try (FileDepot ranged = ranged(1)) {
      Grant first = Samples.write(ranged, ADA, CONTENT);
      Grant second = Samples.write(ranged, Samples.BOB, CONTENT);
      try (FtpWire holds = FtpWire.login(first);
          FtpWire waits = FtpWire.login(second)) {
        holds.epsv();
        assertThat(waits.say("EPSV")).startsWith("425");
        waits.send("EPSV");
        holds.close(); // vanishes between PASV and STOR
        waits.expect("229");
      }
      await().untilAsserted(() -> assertThat(ranged.freePassivePorts()).isEqualTo(1));
    }
  }

  /** Some of them vanish between EPSV and RETR; answers with the number of good ones. */
  private static int transfers(FileDepot depot, StoredFile file, int number) throws IOException {
    int good = 0;
    for (int i = 0; i < number; i++) {
      Grant grant = depot.grantRead(ADA, file);
      try (FtpWire wire = FtpWire.login(grant)) {
        if (i % 15 == 0) {
          wire.epsv();
          wire.send("RETR " + grant.path());
        } else {
          assertThat(wire.retrieve(grant)).hasSize((int) file.size());
          good++;
        }
      }
    }
    return good;
  }

  /** Tried until the ports are free: nobody reserves a range for a test. */
  private FileDepot ranged(int count) throws IOException {
    int first = freeRange(count);
    PortRange range = new PortRange(first, first + count - 1);
    return FileDepot.open(
        Samples.settings(folder.resolve("ranged"))
            .with(DepotAddress.LOOPBACK.withPassivePorts(range)));
  }

  private static int freeRange(int count) throws IOException {
    for (int first = 21_000; first < 31_000; first += count) {
      if (allFree(first, count)) {
        return first;
      }
    }
    throw new IOException("no " + count + " free ports in a row");
  }

  private static boolean allFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress("127.0.0.1", port));
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  private FileDepot brisk() throws IOException {
    return FileDepot.open(
        DepotSettings.in(folder.resolve("brisk"))
            .with(
                Samples.limits(
                    Duration.ofMinutes(1), Duration.ofMillis(400), Duration.ofSeconds(9))));
  }

  private static Matcher pasv(FtpWire wire) throws IOException {
    Matcher pasv = PASV.matcher(wire.say("PASV"));
    assertThat(pasv.matches()).isTrue();
    return pasv;
  }

  private static String address(Matcher pasv) {
    return String.join(".", pasv.group(1), pasv.group(2), pasv.group(3), pasv.group(4));
  }

  private static int port(Matcher pasv) {
    return Integer.parseInt(pasv.group(5)) << 8 | Integer.parseInt(pasv.group(6));
  }
}
