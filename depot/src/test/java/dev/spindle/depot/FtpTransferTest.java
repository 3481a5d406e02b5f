// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static dev.spindle.depot.Samples.ADA;
import static dev.spindle.depot.Samples.NAME;
import static dev.spindle.depot.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.depot.TransferException.Reason;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the depot, as the farm uses both. */
final class FtpTransferTest {
  private static final byte[] CONTENT = bytes(3_000_000);
  private static final TransferLimits HASTY =
      new TransferLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(1),
          Duration.ofMillis(5));

  @TempDir private Path folder;
  private final FtpTransfer transfer = new FtpTransfer(HASTY);
  private FileDepot depot;
  private Path target;
  private Path source;

  @BeforeEach
  void open() throws Exception {
    depot = FileDepot.open(Samples.settings(folder.resolve("depot")));
    target = folder.resolve("target.bin");
    source = Files.write(folder.resolve("source.bin"), CONTENT);
  }

  @AfterEach
  void close() {
    transfer.close();
    depot.close();
  }

  @Test
  void aFileComesAsItIsAndProgressIsTold() throws Exception {
    StoredFile stored = Samples.put(depot, CONTENT);
    Files.writeString(target, "an older one");
    List<Long> told = new ArrayList<>();
    StoredFile fetched =
        transfer.download(
            () -> depot.grantRead(ADA, stored),
            target,
            (done, total) -> {
              assertThat(total).isEqualTo(CONTENT.length);
              told.add(done);
            });
    assertThat(fetched).isEqualTo(stored);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(part()).doesNotExist();
    assertThat(told).isSorted().startsWith(0L).endsWith((long) CONTENT.length);
  }

  @Test
  void aCutOffDownloadGoesOnWithAFreshGrant() throws Exception {
    byte[] large = bytes(32 << 20); // more than the buffers between us take
    StoredFile stored = Samples.put(depot, large);
    AtomicInteger grants = new AtomicInteger();
    AtomicBoolean cut = new AtomicBoolean();
    transfer.download(
        () -> {
          grants.incrementAndGet();
          return depot.grantRead(ADA, stored);
        },
        target,
        (done, total) -> {
          if (done > 0 && cut.compareAndSet(false, true)) {
            depot.revoke(ADA);
          }
        });
    assertThat(grants).hasValue(2);
    assertThat(target).hasBinaryContent(large);
  }

  @Test
  void whatAnEarlierCallFetchedIsNotFetchedAgain() throws Exception {
    StoredFile stored = Samples.put(depot, CONTENT);
    Files.write(part(), Samples.upTo(CONTENT, 2_000_000));
    List<Long> told = new ArrayList<>();
    transfer.download(() -> depot.grantRead(ADA, stored), target, (done, total) -> told.add(done));
    assertThat(told).startsWith(2_000_000L);
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void aPartThatIsWholeNeedsNoLogin() throws Exception {
    StoredFile stored = Samples.put(depot, CONTENT);
    Files.write(part(), CONTENT);
    Grant grant = depot.grantRead(ADA, stored);
    transfer.download(() -> grant, target, Progress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
    FtpWire.login(grant).close();
  }

  @Test
  void aPartOfOtherContentIsFetchedOnceMoreFromZero() throws Exception {
    StoredFile stored = Samples.put(depot, CONTENT);
    Files.write(part(), bytes(2_000_000));
    transfer.download(() -> depot.grantRead(ADA, stored), target, Progress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
    Files.write(part(), bytes(CONTENT.length + 1));
    transfer.download(() -> depot.grantRead(ADA, stored), target, Progress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void aLinkInThePartsPlaceIsNotFollowed() throws Exception {
    StoredFile stored = Samples.put(depot, CONTENT);
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(part(), victim);
    assertFails(
        Reason.LOCAL_FILE,
        () -> transfer.download(() -> depot.grantRead(ADA, stored), target, Progress.NONE));
    assertThat(victim).hasContent("precious");
  }

  @Test
  void theEmptyFileGoesBothWays() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    transfer.upload(() -> Samples.write(depot, ADA, new byte[0]), empty, Progress.NONE);
    StoredFile stored = depot.delivered(ADA, NAME).toCompletableFuture().join().orElseThrow();
    transfer.download(() -> depot.grantRead(ADA, stored), target, Progress.NONE);
    assertThat(target).isEmptyFile();
  }

  @Test
  void anUploadIsDeliveredWhenItReturns() throws Exception {
    List<Long> told = new ArrayList<>();
    transfer.upload(
        () -> Samples.write(depot, ADA, CONTENT), source, (done, total) -> told.add(done));
    assertDelivered();
    assertThat(told).isSorted().startsWith(0L).endsWith((long) CONTENT.length);
  }

  @Test
  void aCutOffUploadGoesOnWithAFreshGrant() throws Exception {
    AtomicBoolean cut = new AtomicBoolean();
    AtomicInteger grants = new AtomicInteger();
    transfer.upload(
        () -> {
          grants.incrementAndGet();
          return Samples.write(depot, ADA, CONTENT);
        },
        source,
        (done, total) -> {
          if (done > 1_000_000 && cut.compareAndSet(false, true)) {
            takeOver();
          }
        });
    assertThat(grants).hasValueGreaterThanOrEqualTo(2);
    assertDelivered();
  }

  @Test
  void contentThatIsThereIsNotSent() throws Exception {
    Samples.put(depot, CONTENT);
    Grant grant = Samples.write(depot, ADA, CONTENT);
    transfer.upload(() -> grant, source, Progress.NONE);
    assertDelivered();
    FtpWire.login(grant).close();
  }

  @Test
  void aFileThatChangedSinceItWasOfferedIsSaidToHave() throws Exception {
    byte[] changed = CONTENT.clone();
    changed[7]++;
    Files.write(source, changed);
    assertFails(Reason.SOURCE_CHANGED, this::upload);
    Files.write(source, bytes(10));
    assertFails(Reason.SOURCE_CHANGED, this::upload);
    assertThat(depot.holds(Samples.hash(CONTENT).sha256())).isFalse();
  }

  @Test
  void aFileThatShrinksWhileItIsSentIsSaidToHave() throws Exception {
    AtomicBoolean shrunk = new AtomicBoolean();
    assertFails(
        Reason.SOURCE_CHANGED,
        () ->
            transfer.upload(
                () -> Samples.write(depot, ADA, CONTENT),
                source,
                (done, total) -> {
                  if (shrunk.compareAndSet(false, true)) {
                    truncateSource();
                  }
                }));
  }

  @Test
  void whatTheGrantSourceThrowsComesOut() {
    FarmException stale = new FarmException(FarmException.Code.STALE, "not yours any more");
    assertThatThrownBy(
            () ->
                transfer.upload(
                    () -> {
                      throw stale;
                    },
                    source,
                    Progress.NONE))
        .isSameAs(stale);
  }

  @Test
  void aGrantThatCannotBeAskedForJustNowIsAskedForAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    transfer.upload(
        () -> {
          if (asked.incrementAndGet() < 3) {
            throw new IOException("no controller");
          }
          return Samples.write(depot, ADA, CONTENT);
        },
        source,
        Progress.NONE);
    assertDelivered();
  }

  @Test
  void aFullDepotIsSaidToBeFull() throws Exception {
    long[] free = {Long.MAX_VALUE};
    try (FileDepot full = FileDepot.open(Samples.settings(folder.resolve("full")), () -> free[0])) {
      Grant grant = Samples.write(full, ADA, CONTENT);
      free[0] = 0;
      assertFails(Reason.DEPOT_FULL, () -> transfer.upload(() -> grant, source, Progress.NONE));
    }
  }

  @Test
  void filesOfThisMachineThatCannotBeUsedAreNamed() throws Exception {
    StoredFile stored = Samples.put(depot, CONTENT);
    Path nowhere = folder.resolve("no/such/folder/f");
    assertFails(
        Reason.LOCAL_FILE,
        () -> transfer.download(() -> depot.grantRead(ADA, stored), nowhere, Progress.NONE));
    assertFails(
        Reason.LOCAL_FILE,
        () -> transfer.upload(() -> Samples.write(depot, ADA, CONTENT), nowhere, Progress.NONE));
  }

  @Test
  void offsetsBeyondTwoGigabytesAreKept() throws Exception {
    long size = (1L << 31) + 10;
    Path object = depot.object(Samples.hash(new byte[0]).sha256()).orElseThrow();
    StoredFile claimed = new StoredFile(NAME, size, Samples.hash(CONTENT).sha256(), "");
    Path place = object.getParent().getParent().resolve(claimed.sha256().hex().substring(0, 2));
    Files.createDirectories(place);
    try (RandomAccessFile sparse =
        new RandomAccessFile(place.resolve(claimed.sha256().hex()).toFile(), "rw")) {
      sparse.setLength(size - 3);
      sparse.seek(size - 3);
      sparse.write(new byte[] {1, 2, 3});
    }
    Grant grant = depot.grantRead(ADA, claimed);
    try (FtpWire wire = FtpWire.login(grant)) {
      assertThat(wire.say("SIZE " + grant.path())).isEqualTo("213 " + size);
      wire.say("REST " + (size - 5), "350");
      assertThat(wire.retrieve(grant)).containsExactly(0, 0, 1, 2, 3);
    }
  }

  private void upload() throws TransferException, InterruptedException {
    transfer.upload(() -> Samples.write(depot, ADA, CONTENT), source, Progress.NONE);
  }

  /** A new login for the same file ends the transfer under way. */
  private void takeOver() {
    try {
      FtpWire.login(Samples.write(depot, ADA, CONTENT)).close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void truncateSource() {
    try {
      Files.write(source, bytes(100));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path part() {
    return target.resolveSibling("target.bin.part");
  }

  private void assertDelivered() {
    assertThat(depot.delivered(ADA, NAME).toCompletableFuture().join())
        .contains(Samples.file(CONTENT));
  }

  private static void assertFails(
      Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TransferException.class,
            e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
        .hasMessageContaining(NAME.value());
  }
}
