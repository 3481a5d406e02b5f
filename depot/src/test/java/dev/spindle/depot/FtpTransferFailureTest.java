// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static dev.spindle.depot.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.depot.TransferException.Reason;
import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against servers that misbehave, and callers that lose patience. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpTransferFailureTest {
  private static final byte[] CONTENT = bytes(200_000);
  private static final StoredFile FILE = Samples.file(CONTENT);

  /** Impatient, save for pauses that the test wants to be in. */
  private static final TransferLimits PAUSING =
      new TransferLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5));

  private static final TransferLimits HASTY =
      new TransferLimits(
          Duration.ofMillis(500),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofMillis(1),
          Duration.ofMillis(2));

  @TempDir private Path folder;

  @Test
  void contentThatIsWrongTwiceIsGivenUp() throws Exception {
    byte[] wrong = bytes(CONTENT.length).clone();
    wrong[0]++;
    try (ScriptedFtp server = ScriptedFtp.sending((data, offset) -> send(data, wrong))) {
      assertFails(Reason.HASH_MISMATCH, false, () -> download(server, HASTY));
      assertThat(server.heard("RETR")).isEqualTo(2);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void contentThatIsWrongOnceIsFetchedAgain() throws Exception {
    AtomicInteger fetched = new AtomicInteger();
    byte[] wrong = CONTENT.clone();
    wrong[0]++;
    try (ScriptedFtp server =
        ScriptedFtp.sending(
            (data, offset) -> send(data, fetched.getAndIncrement() == 0 ? wrong : CONTENT))) {
      download(server, HASTY);
      assertThat(folder.resolve("f")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void moreBytesThanTheFileHasAreNotWritten() throws Exception {
    try (ScriptedFtp server =
        ScriptedFtp.sending(
            (data, offset) -> {
              while (true) {
                data.getOutputStream().write(CONTENT); // without end
              }
            })) {
      assertFails(Reason.HASH_MISMATCH, false, () -> download(server, HASTY));
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void everyTryGoesOnWhereTheLastWasCut() throws Exception {
    int piece = 60_000;
    try (ScriptedFtp server =
        ScriptedFtp.sending(
            (data, offset) -> {
              int end = (int) Math.min(offset + piece, CONTENT.length);
              data.getOutputStream().write(CONTENT, (int) offset, end - (int) offset);
              return "426 cut";
            })) {
      download(server, HASTY);
      assertThat(folder.resolve("f")).hasBinaryContent(CONTENT);
      assertThat(server.heard())
          .filteredOn(line -> line.startsWith("REST"))
          .containsExactly("REST 60000", "REST 120000", "REST 180000");
    }
  }

  @Test
  void triesInVainAreFinite() throws Exception {
    try (ScriptedFtp server = ScriptedFtp.sending((data, offset) -> "426 never")) {
      assertFails(Reason.CUT_OFF, true, () -> download(server, HASTY));
      assertThat(server.heard("RETR")).isEqualTo(TransferLimits.MAX_FRUITLESS);
    }
    try (ScriptedFtp server = new ScriptedFtp("220 hi", "550 who?", (data, offset) -> "226")) {
      assertFails(Reason.REFUSED, false, () -> upload(server, HASTY));
    }
  }

  @Test
  void aServerThatIsNotThereIsTriedForAWhile() throws Exception {
    ScriptedFtp gone = ScriptedFtp.sending((data, offset) -> "226");
    gone.close();
    assertFails(Reason.CUT_OFF, true, () -> download(gone, HASTY));
  }

  @Test
  void silenceHasAnEnd() throws Exception {
    try (ScriptedFtp mute = new ScriptedFtp("", "", (data, offset) -> "226")) {
      Duration brief = Duration.ofMillis(50);
      TransferLimits limits = new TransferLimits(brief, brief, brief, brief, brief);
      assertFails(Reason.CUT_OFF, true, () -> download(mute, limits));
    }
  }

  @Test
  void dataThatStallsHasAnEndInBothDirections() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedFtp stalling = ScriptedFtp.sending((data, offset) -> hang(never))) {
      assertFails(Reason.CUT_OFF, true, () -> download(stalling, HASTY));
      byte[] large = bytes(20 << 20); // more than the buffers between us take
      assertFails(Reason.CUT_OFF, true, () -> upload(stalling, HASTY, large));
    } finally {
      never.countDown();
    }
  }

  @Test
  void anInterruptEndsATransferAtOnce() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedFtp stalling = ScriptedFtp.sending((data, offset) -> hang(never))) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread caller = inThread(end, () -> download(stalling, PAUSING));
      await().until(() -> stalling.heard("RETR") == 1);
      caller.interrupt();
      assertThat(end.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    } finally {
      never.countDown();
    }
  }

  @Test
  void anInterruptEndsTheWaitForAnAnswer() throws Exception {
    try (ScriptedFtp mute = new ScriptedFtp("", "", (data, offset) -> "226")) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      CountDownLatch asked = new CountDownLatch(1);
      Thread caller =
          inThread(
              end,
              () -> {
                try (FtpTransfer transfer = new FtpTransfer()) {
                  transfer.download(
                      () -> {
                        asked.countDown();
                        return mute.grant(FILE);
                      },
                      folder.resolve("f"),
                      Progress.NONE);
                }
              });
      asked.await();
      caller.interrupt();
      assertThat(end.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void closingEndsATransferAtOnceAndTheNextToo() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (ScriptedFtp stalling = ScriptedFtp.sending((data, offset) -> hang(never));
        FtpTransfer transfer = new FtpTransfer(PAUSING)) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      inThread(end, () -> download(transfer, stalling));
      await().until(() -> stalling.heard("RETR") == 1);
      transfer.close();
      assertReason(end.get(5, TimeUnit.SECONDS), Reason.CLOSED);
      assertFails(Reason.CLOSED, true, () -> download(transfer, stalling));
    } finally {
      never.countDown();
    }
  }

  @Test
  void closingEndsThePauseBetweenTwoTries() throws Exception {
    try (ScriptedFtp cutting = ScriptedFtp.sending((data, offset) -> "426 cut");
        FtpTransfer transfer = new FtpTransfer(PAUSING)) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread caller = inThread(end, () -> download(transfer, cutting));
      await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
      transfer.close();
      assertReason(end.get(5, TimeUnit.SECONDS), Reason.CLOSED);
    }
  }

  @Test
  void grantsThatCannotBeUsedAreRefused() throws Exception {
    try (ScriptedFtp server = ScriptedFtp.sending((data, offset) -> "226")) {
      Grant good = server.grant(FILE);
      Grant tls = new Grant(good.host(), good.port(), true, "u", "p", "/f", FILE, good.valid(), 0);
      assertFails(Reason.REFUSED, false, () -> download(HASTY, () -> tls));
      assertFails(Reason.REFUSED, false, () -> download(HASTY, () -> good.withHost("")));
      assertThat(server.heard()).isEmpty();
    }
  }

  @Test
  void aGrantForOtherContentIsNotMixedIn() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedFtp server = ScriptedFtp.sending((data, offset) -> "426 cut")) {
      assertFails(
          Reason.REFUSED,
          false,
          () ->
              download(
                  HASTY,
                  () ->
                      server.grant(asked.getAndIncrement() == 0 ? FILE : Samples.file(bytes(5)))));
    }
  }

  private static String send(Socket data, byte[] bytes) throws IOException {
    data.getOutputStream().write(bytes);
    return "226 sent";
  }

  private static String hang(CountDownLatch never) throws IOException {
    try {
      never.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return "226 at last";
  }

  private void download(ScriptedFtp server, TransferLimits limits) throws Exception {
    download(limits, () -> server.grant(FILE));
  }

  private void download(TransferLimits limits, GrantSource grants) throws Exception {
    try (FtpTransfer transfer = new FtpTransfer(limits)) {
      transfer.download(grants, folder.resolve("f"), Progress.NONE);
    }
  }

  private void download(FtpTransfer transfer, ScriptedFtp server) throws Exception {
    transfer.download(() -> server.grant(FILE), folder.resolve("f"), Progress.NONE);
  }

  private void upload(ScriptedFtp server, TransferLimits limits) throws Exception {
    upload(server, limits, CONTENT);
  }

  private void upload(ScriptedFtp server, TransferLimits limits, byte[] content) throws Exception {
    Path source = Files.write(folder.resolve("source"), content);
    try (FtpTransfer transfer = new FtpTransfer(limits)) {
      transfer.upload(() -> server.grant(Samples.file(content)), source, Progress.NONE);
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  private static Thread inThread(CompletableFuture<Throwable> end, Call call) {
    Thread thread =
        new Thread(
            () -> {
              try {
                call.run();
                end.complete(new AssertionError("it came to a good end"));
              } catch (Throwable e) {
                end.complete(e);
              }
            });
    thread.start();
    return thread;
  }

  private static void assertReason(Throwable end, Reason reason) {
    assertThat(end)
        .isInstanceOfSatisfying(
            TransferException.class,
            e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
  }

  private static void assertFails(Reason reason, boolean worthRetrying, Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            TransferException.class,
            e -> {
              assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
              assertThat(e.worthRetrying()).isEqualTo(worthRetrying);
            });
  }
}
