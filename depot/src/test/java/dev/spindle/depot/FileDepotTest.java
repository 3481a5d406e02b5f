// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static dev.spindle.depot.Samples.ADA;
import static dev.spindle.depot.Samples.BOB;
import static dev.spindle.depot.Samples.NAME;
import static dev.spindle.depot.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.GrantHolder;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileDepotTest {
  private static final byte[] CONTENT = bytes(100_000);

  @TempDir private Path folder;

  @Test
  void objectsSurviveARestartAndUnfinishedFilesDoNot() throws Exception {
    byte[] half = bytes(50_000);
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Samples.put(depot, CONTENT);
      Grant grant = Samples.write(depot, ADA, half);
      FtpWire.login(grant).storeAndVanish(grant, Samples.upTo(half, 20_000));
    }
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      assertThat(folder.resolve("incoming")).isEmptyDirectory();
      assertThat(depot.holds(Samples.hash(half).sha256())).isFalse();
      assertThat(Samples.write(depot, ADA, half).offset()).isZero();
      StoredFile file = Samples.file(CONTENT);
      Grant grant = depot.grantRead(BOB, file);
      try (FtpWire wire = FtpWire.login(grant)) {
        assertThat(wire.retrieve(grant)).isEqualTo(CONTENT);
      }
    }
  }

  @Test
  void whatWasThereBeforeTheRestartIsDeliveredWithItsMd5() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Samples.put(depot, CONTENT);
    }
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Grant grant = Samples.write(depot, ADA, CONTENT);
      assertThat(grant.offset()).isEqualTo(CONTENT.length);
      assertThat(delivered(depot, ADA)).contains(Samples.file(CONTENT));
    }
  }

  @Test
  void contentThatRottedOnDiskIsNotDelivered() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Samples.put(depot, CONTENT);
      Path object = depot.object(Samples.hash(CONTENT).sha256()).orElseThrow();
      Files.delete(object);
      Files.write(object, new byte[CONTENT.length]);
    }
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Samples.write(depot, ADA, CONTENT);
      assertThat(delivered(depot, ADA)).isEmpty();
    }
  }

  @Test
  void contentThatIsGoneFromTheDiskIsTheDepotsFailureAndNoCut() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Grant grant = depot.grantRead(ADA, Samples.put(depot, CONTENT));
      Files.delete(depot.object(grant.file().sha256()).orElseThrow());
      try (FtpWire wire = FtpWire.login(grant);
          Socket data = wire.data()) {
        wire.say("RETR " + grant.path(), "150");
        assertThat(data.getInputStream().read()).isEqualTo(-1);
        wire.expect("451");
      }
    }
  }

  @Test
  void onlyTheOwnerMayLookIntoTheFolderAndNobodyWritesAnObject() throws Exception {
    Path deep = folder.resolve("data");
    try (FileDepot depot = FileDepot.open(Samples.settings(deep))) {
      Samples.put(depot, CONTENT);
      Path object = depot.object(Samples.hash(CONTENT).sha256()).orElseThrow();
      assertThat(object.getParent().getFileName())
          .hasToString(object.getFileName().toString().substring(0, 2));
      assertThat(mode(object)).isEqualTo("r--------");
    }
    try (Stream<Path> all = Files.walk(deep)) {
      assertThat(all.filter(Files::isDirectory)).allMatch(p -> mode(p).equals("rwx------"));
    }
  }

  @Test
  void twoDepotsDoNotShareAFolder() throws Exception {
    try (FileDepot first = FileDepot.open(Samples.settings(folder))) {
      assertThatThrownBy(() -> FileDepot.open(Samples.settings(folder)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("in use by another depot");
      assertThat(first.port()).isPositive();
    }
    FileDepot.open(Samples.settings(folder)).close();
  }

  @Test
  void aTakenPortIsAnErrorThatNamesIt() throws Exception {
    try (FileDepot first = FileDepot.open(Samples.settings(folder.resolve("a")))) {
      DepotSettings same =
          Samples.settings(folder.resolve("b")).with(DepotAddress.at("127.0.0.1", first.port()));
      assertThatThrownBy(() -> FileDepot.open(same))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(Integer.toString(first.port()));
      FileDepot.open(Samples.settings(folder.resolve("b"))).close();
    }
  }

  @Test
  void readingWhatIsNotThereIsMissingFile() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      assertCode(
          FarmException.Code.MISSING_FILE, () -> depot.grantRead(ADA, Samples.file(CONTENT)));
    }
  }

  @Test
  void sizesThatContradictTheHashAreInvalid() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      StoredFile put = Samples.put(depot, CONTENT);
      assertCode(FarmException.Code.INVALID, () -> depot.grantWrite(ADA, NAME, 1, put.sha256()));
      StoredFile wrong = new StoredFile(NAME, 1, put.sha256(), put.md5());
      assertCode(FarmException.Code.INVALID, () -> depot.grantRead(ADA, wrong));
      byte[] other = bytes(77);
      Samples.write(depot, ADA, other);
      assertCode(
          FarmException.Code.INVALID,
          () -> depot.grantWrite(ADA, NAME, 78, Samples.hash(other).sha256()));
      assertCode(
          FarmException.Code.INVALID,
          () -> depot.grantWrite(ADA, NAME, 0, Samples.hash(other).sha256()));
    }
  }

  @Test
  void theEmptyFileIsAlwaysThere() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Grant grant = Samples.write(depot, ADA, new byte[0]);
      assertThat(grant.offset()).isEqualTo(grant.file().size());
      assertThat(delivered(depot, ADA)).contains(Samples.file(new byte[0]));
    }
  }

  @Test
  void theReserveOfTheDiskIsNotGranted() throws Exception {
    DepotLimits reserve = DepotLimits.USUAL.withReserveBytes(1000);
    try (FileDepot depot =
        FileDepot.open(DepotSettings.in(folder).with(reserve), () -> 1000 + CONTENT.length)) {
      byte[] tooMuch = bytes(CONTENT.length + 1);
      assertCode(FarmException.Code.DISK_FULL, () -> Samples.write(depot, ADA, tooMuch));
      assertThat(Samples.write(depot, ADA, CONTENT).offset()).isZero();
    }
  }

  @Test
  void aHolderBeyondTheLimitOfUnfinishedGrantsIsToldThatTheDepotIsBusy() throws Exception {
    DepotLimits few =
        new DepotLimits(
            Duration.ofMinutes(5), 0, 4, Duration.ofSeconds(9), Duration.ofSeconds(9), 2);
    try (FileDepot depot = FileDepot.open(DepotSettings.in(folder).with(few))) {
      Samples.write(depot, ADA, bytes(1));
      Samples.write(depot, BOB, bytes(1));
      assertCode(
          FarmException.Code.BUSY, () -> Samples.write(depot, new GrantHolder("third"), bytes(1)));
      depot.revoke(BOB);
      Samples.write(depot, new GrantHolder("third"), bytes(1));
    }
  }

  @Test
  void nothingIsDeliveredThatWasNotOfferedOrIsNotWhole() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      assertThat(delivered(depot, ADA)).isEmpty();
      Grant grant = Samples.write(depot, ADA, CONTENT);
      assertThat(delivered(depot, ADA)).isEmpty();
      try (FtpWire wire = FtpWire.login(grant)) {
        assertThat(wire.store(grant, CONTENT)).startsWith("226");
      }
      assertThat(delivered(depot, ADA)).contains(Samples.file(CONTENT));
      assertThat(delivered(depot, BOB)).isEmpty();
      depot.revoke(ADA);
      assertThat(delivered(depot, ADA)).isEmpty();
      assertThat(depot.holds(Samples.hash(CONTENT).sha256())).isTrue();
    }
  }

  @Test
  void anOfferOfOtherContentUnderTheNameReplacesTheFormer() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Grant first = Samples.write(depot, ADA, CONTENT);
      FtpWire.login(first).storeAndVanish(first, Samples.upTo(CONTENT, 10));
      byte[] changed = bytes(42);
      Grant second = Samples.write(depot, ADA, changed);
      try (FtpWire wire = FtpWire.login(second)) {
        assertThat(wire.store(second, changed)).startsWith("226");
      }
      assertThat(delivered(depot, ADA)).contains(Samples.file(changed));
      assertThat(folder.resolve("incoming")).isEmptyDirectory();
    }
  }

  @Test
  void grantsNameTheAdvertisedHostOrTheBoundOneOrNone() throws Exception {
    assertThat(grantedHost(DepotAddress.LOOPBACK)).isEqualTo("127.0.0.1");
    assertThat(grantedHost(DepotAddress.at("", 0))).isEmpty();
    assertThat(grantedHost(DepotAddress.at("0.0.0.0", 0))).isEmpty();
    assertThat(grantedHost(DepotAddress.at("", 0).withAdvertisedHost("files.example")))
        .isEqualTo("files.example");
  }

  @Test
  void aClosedDepotGrantsNothing() throws Exception {
    FileDepot depot = FileDepot.open(Samples.settings(folder));
    depot.close();
    depot.close();
    assertCode(FarmException.Code.UNAVAILABLE, () -> Samples.write(depot, ADA, CONTENT));
    depot.expectDelivery(ADA, NAME, Samples.hash(new byte[0]).sha256());
    assertThat(depot.delivered(ADA, NAME).toCompletableFuture()).isCompleted();
  }

  @Test
  void secretsDoNotShow() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      Grant grant = Samples.write(depot, ADA, CONTENT);
      assertThat(grant.toString()).doesNotContain(grant.password());
      assertThat(new GrantTable.Credentials("u", "hidden").toString()).doesNotContain("hidden");
    }
  }

  private String grantedHost(DepotAddress address) throws IOException {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder).with(address))) {
      return Samples.write(depot, ADA, CONTENT).host();
    }
  }

  private static Optional<StoredFile> delivered(FileDepot depot, GrantHolder holder)
      throws Exception {
    return depot.delivered(holder, NAME).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertCode(
      FarmException.Code code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FarmException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  @Test
  void aHolderOffersAFiniteNumberOfFiles() throws Exception {
    try (FileDepot depot = FileDepot.open(Samples.settings(folder))) {
      StoredFile here = Samples.put(depot, bytes(3));
      for (int i = 0; i < FileDepot.MAX_OFFERS_PER_HOLDER; i++) {
        depot.expectDelivery(ADA, new FileName("f" + i), here.sha256());
      }
      assertCode(
          FarmException.Code.INVALID,
          () -> depot.grantWrite(ADA, new FileName("more"), 3, here.sha256()));
    }
  }
}
