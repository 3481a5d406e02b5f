// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static dev.spindle.depot.Samples.ADA;
import static dev.spindle.depot.Samples.BOB;
import static dev.spindle.depot.Samples.NAME;
import static dev.spindle.depot.Samples.bytes;
import static dev.spindle.depot.Samples.from;
import static dev.spindle.depot.Samples.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STOR: whole, right and durable, or not at all. */
final class FtpUploadTest {
  private static final byte[] CONTENT = bytes(300_000);
  private static final int PART = 120_000;

  @TempDir private Path folder;
  private FileDepot depot;

  @BeforeEach
  void open() throws Exception {
    depot = FileDepot.open(Samples.settings(folder));
  }

  @AfterEach
  void close() {
    depot.close();
  }

  @Test
  void aCutOffUploadGoesOnWhereItWas() throws Exception {
    Grant first = Samples.write(depot, ADA, CONTENT);
    FtpWire.login(first).storeAndVanish(first, upTo(CONTENT, PART));
    Grant second = grantAt(PART);
    try (FtpWire wire = FtpWire.login(second)) {
      assertThat(wire.say("SIZE " + second.path())).isEqualTo("213 " + PART);
      wire.say("REST " + PART, "350");
      assertThat(wire.store(second, from(CONTENT, PART))).startsWith("226");
    }
    assertDelivered();
  }

  @Test
  void anUploadMayEndEarlyAndGoOnInTheSameLogin() throws Exception {
    Grant grant = Samples.write(depot, ADA, CONTENT);
    try (FtpWire wire = FtpWire.login(grant)) {
      assertThat(wire.store(grant, upTo(CONTENT, PART))).startsWith("550").contains("REST " + PART);
      wire.say("REST " + PART, "350");
      assertThat(wire.store(grant, from(CONTENT, PART))).startsWith("226");
    }
    assertDelivered();
  }

  @Test
  void restMustBeWhatIsThere() throws Exception {
    Grant grant = Samples.write(depot, ADA, CONTENT);
    try (FtpWire wire = FtpWire.login(grant)) {
      wire.store(grant, upTo(CONTENT, PART));
      for (long wrong :
          new long[] {0, 1, PART - 1, PART + 1, CONTENT.length, Long.MAX_VALUE / 10}) {
        wire.say("REST " + wrong, "350");
        assertThat(wire.store(grant, CONTENT))
            .isEqualTo("554 REST must be " + PART + ": that much is here");
      }
    }
  }

  @Test
  void withoutRestAnUploadStartsOver() throws Exception {
    Grant grant = Samples.write(depot, ADA, CONTENT);
    try (FtpWire wire = FtpWire.login(grant)) {
      wire.store(grant, bytes(PART));
      assertThat(wire.store(grant, CONTENT)).startsWith("226");
    }
    assertDelivered();
  }

  @Test
  void aWrongHashLeavesNothing() throws Exception {
    Grant grant = Samples.write(depot, ADA, CONTENT);
    byte[] wrong = CONTENT.clone();
    wrong[CONTENT.length - 1] ^= 1;
    try (FtpWire wire = FtpWire.login(grant)) {
      assertThat(wire.store(grant, wrong))
          .startsWith("551")
          .contains(Samples.hash(wrong).sha256().hex());
      assertThat(wire.store(grant, CONTENT)).as("the grant is spent").startsWith("550");
    }
    assertNothingLeft();
    assertThat(Samples.write(depot, ADA, CONTENT).offset()).isZero();
  }

  @Test
  void moreThanTheGrantedBytesAreNotRead() throws Exception {
    Grant grant = Samples.write(depot, ADA, CONTENT);
    try (FtpWire wire = FtpWire.login(grant);
        Socket data = wire.data()) {
      wire.say("STOR " + grant.path(), "150");
      OutputStream out = data.getOutputStream();
      out.write(CONTENT);
      out.write(1); // and no end: the answer must come without it
      assertThat(wire.reply()).startsWith("552");
    }
    assertNothingLeft();
  }

  @Test
  void allBytesAndABrokenConnectionAreAWholeFile() throws Exception {
    Grant grant = Samples.write(depot, ADA, CONTENT);
    FtpWire wire = FtpWire.login(grant);
    Socket data = wire.data();
    wire.say("STOR " + grant.path(), "150");
    data.getOutputStream().write(CONTENT);
    await().until(() -> incoming().anyMatch(p -> sizeOf(p) == CONTENT.length));
    wire.close();
    await().untilAsserted(this::assertDelivered);
    data.close();
  }

  @Test
  void contentThatIsHereNeedsNoBytesButMayBeSent() throws Exception {
    Samples.put(depot, CONTENT);
    Grant grant = Samples.write(depot, ADA, CONTENT);
    assertThat(grant.offset()).isEqualTo(CONTENT.length);
    try (FtpWire wire = FtpWire.login(grant)) {
      assertThat(wire.say("SIZE " + grant.path())).isEqualTo("213 " + CONTENT.length);
      wire.say("REST " + CONTENT.length, "350");
      assertThat(wire.store(grant, new byte[0])).startsWith("226");
      wire.say("REST " + CONTENT.length, "350");
      assertThat(wire.store(grant, new byte[1])).startsWith("552");
    }
    Grant plain = Samples.write(depot, ADA, CONTENT);
    try (FtpWire wire = FtpWire.login(plain)) {
      assertThat(wire.store(plain, CONTENT)).startsWith("226");
    }
    assertDelivered();
    assertNothingIncoming();
  }

  @Test
  void twoHoldersSendTheSameContentAtOnce() throws Exception {
    Grant ada = Samples.write(depot, ADA, CONTENT);
    Grant bob = Samples.write(depot, BOB, CONTENT);
    try (FtpWire one = FtpWire.login(ada);
        FtpWire other = FtpWire.login(bob);
        Socket ones = one.data();
        Socket others = other.data()) {
      one.say("STOR " + ada.path(), "150");
      other.say("STOR " + bob.path(), "150");
      ones.getOutputStream().write(upTo(CONTENT, PART));
      others.getOutputStream().write(upTo(CONTENT, PART));
      ones.getOutputStream().write(from(CONTENT, PART));
      ones.close();
      one.expect("226");
      others.getOutputStream().write(from(CONTENT, PART));
      others.close();
      other.expect("226");
    }
    assertDelivered();
    assertThat(depot.delivered(BOB, NAME).toCompletableFuture().join())
        .contains(Samples.file(CONTENT));
    assertNothingIncoming();
  }

  @Test
  void aPartialIsNotGoneOnWithByAnother() throws Exception {
    Grant ada = Samples.write(depot, ADA, CONTENT);
    FtpWire.login(ada).storeAndVanish(ada, upTo(CONTENT, PART));
    grantAt(PART);
    assertThat(Samples.write(depot, BOB, CONTENT).offset()).isZero();
  }

  @Test
  void revokingEndsAnUploadAndDiscardsIt() throws Exception {
    Grant grant = Samples.write(depot, ADA, CONTENT);
    Grant unused = Samples.write(depot, ADA, CONTENT);
    try (FtpWire wire = FtpWire.login(grant);
        Socket data = wire.data()) {
      wire.say("STOR " + grant.path(), "150");
      data.getOutputStream().write(upTo(CONTENT, PART));
      await().until(() -> incoming().anyMatch(p -> sizeOf(p) == PART));

      depot.revoke(ADA);

      assertNothingIncoming();
      assertThat(wire.isClosed()).isTrue();
      await()
          .until(
              () -> {
                try {
                  data.getOutputStream().write(from(CONTENT, PART));
                  return false;
                } catch (IOException e) {
                  return true;
                }
              });
    }
    try (FtpWire wire = new FtpWire(depot.port())) {
      wire.expect("220");
      assertThat(wire.tryLogin(unused.user(), unused.password())).startsWith("530");
    }
    assertNothingLeft();
  }

  @Test
  void revokingCutsADownloadToo() throws Exception {
    byte[] large = bytes(32 << 20);
    StoredFile stored = Samples.put(depot, large);
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = FtpWire.login(grant);
        Socket data = wire.data()) {
      wire.say("RETR " + grant.path(), "150");
      assertThat(data.getInputStream().readNBytes(1000)).isEqualTo(upTo(large, 1000));
      depot.revoke(ADA);
      long more = 0;
      try {
        more = data.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        // A reset is as good as an early end.
      }
      assertThat(more).isLessThan(large.length - 1000);
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void aNewLoginForTheSameFileTakesOverFromTheOld() throws Exception {
    Grant first = Samples.write(depot, ADA, CONTENT);
    try (FtpWire old = FtpWire.login(first);
        Socket data = old.data()) {
      old.say("STOR " + first.path(), "150");
      data.getOutputStream().write(upTo(CONTENT, PART));
      await().until(() -> incoming().anyMatch(p -> sizeOf(p) == PART));
      Grant second = Samples.write(depot, ADA, CONTENT);
      try (FtpWire fresh = FtpWire.login(second)) {
        assertThat(old.isClosed()).isTrue();
        assertThat(fresh.say("SIZE " + second.path())).isEqualTo("213 " + PART);
        fresh.say("REST " + PART, "350");
        assertThat(fresh.store(second, from(CONTENT, PART))).startsWith("226");
      }
    }
    assertDelivered();
  }

  @Test
  void aDiskThatRunsFullIs452AndTheUploadGoesOnLater() throws Exception {
    long[] free = {Long.MAX_VALUE};
    int size = 40 << 20;
    byte[] large = bytes(size);
    try (FileDepot tight = FileDepot.open(Samples.settings(folder.resolve("t")), () -> free[0])) {
      Grant grant = Samples.write(tight, ADA, large);
      free[0] = 0;
      try (FtpWire wire = FtpWire.login(grant)) {
        assertThat(wire.store(grant, large)).startsWith("452");
        free[0] = Long.MAX_VALUE;
        String there = wire.say("SIZE " + grant.path(), "213").substring(4);
        wire.say("REST " + there, "350");
        assertThat(wire.store(grant, from(large, Integer.parseInt(there)))).startsWith("226");
      }
    }
  }

  /** The kernel's own "no space left": in the partial's place lies a way to /dev/full. */
  @Test
  void noSpaceLeftOnTheDeviceIs452AndTheServerLivesOn() throws Exception {
    Grant grant = Samples.write(depot, ADA, CONTENT);
    // Partials are numbered; the first of a new depot was the empty file.
    Path partial = Files.createSymbolicLink(folder.resolve("incoming/2"), Path.of("/dev/full"));
    try (FtpWire wire = FtpWire.login(grant)) {
      assertThat(wire.store(grant, CONTENT)).startsWith("452");
      Files.delete(partial);
      assertThat(wire.store(grant, CONTENT)).startsWith("226");
    }
    assertDelivered();
  }

  @Test
  void aFileThatGotShorterOnDiskNeverBecomesAnObject() throws Exception {
    Grant first = Samples.write(depot, ADA, CONTENT);
    FtpWire.login(first).storeAndVanish(first, upTo(CONTENT, PART));
    Grant second = grantAt(PART);
    Files.delete(incoming().findFirst().orElseThrow());
    try (FtpWire wire = FtpWire.login(second)) {
      wire.say("REST " + PART, "350");
      assertThat(wire.store(second, from(CONTENT, PART))).startsWith("451");
    }
    assertNothingLeft();
  }

  @Test
  void stallingUploadsAreCut() throws Exception {
    Duration idle = Duration.ofMillis(400);
    try (FileDepot brisk =
        FileDepot.open(
            DepotSettings.in(folder.resolve("brisk"))
                .with(Samples.limits(Duration.ofMinutes(1), idle, Duration.ofSeconds(9))))) {
      Grant grant = Samples.write(brisk, ADA, CONTENT);
      try (FtpWire wire = FtpWire.login(grant);
          Socket data = wire.data()) {
        wire.say("STOR " + grant.path(), "150");
        data.getOutputStream().write(upTo(CONTENT, PART));
        assertThat(wire.reply()).startsWith("426");
      }
    }
  }

  private Grant grantAt(long offset) {
    return await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> Samples.write(depot, ADA, CONTENT), grant -> grant.offset() == offset);
  }

  private void assertDelivered() {
    CompletableFuture<Optional<StoredFile>> answer =
        depot.delivered(ADA, NAME).toCompletableFuture();
    assertThat(answer.join()).contains(Samples.file(CONTENT));
  }

  private void assertNothingLeft() throws IOException {
    assertNothingIncoming();
    assertThat(depot.holds(Samples.hash(CONTENT).sha256())).isFalse();
    assertThat(depot.delivered(ADA, NAME).toCompletableFuture().join()).isEmpty();
  }

  private void assertNothingIncoming() throws IOException {
    assertThat(incoming()).isEmpty();
  }

  private Stream<Path> incoming() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("incoming"))) {
      return files.toList().stream();
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1; // just gone
    }
  }
}
