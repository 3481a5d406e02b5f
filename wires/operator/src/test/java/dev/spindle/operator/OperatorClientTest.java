// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.depot.FtpTransfer;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobQuery;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobState;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerName;
import dev.spindle.farm.WorkerStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may ask, over a socket, of a real controller. */
class OperatorClientTest extends OperatorFixture {
  private static final JobId NONE = new JobId(999);

  @Test
  void aJobGoesFromItsSubmissionToItsEnd() throws Exception {
    attachWorker();
    Job submitted = operator.submit(job().priority(7).build());
    assertThat(submitted.state()).isEqualTo(JobState.QUEUED);
    FakeWorker.Given given = worker.next();
    given.report().started().toCompletableFuture().join();
    assertThat(operator.job(submitted.id()).state()).isEqualTo(JobState.RUNNING);
    given.report().log(LogStream.STDOUT, "hello\n").toCompletableFuture().join();
    given.report().finished(new JobResult(0, Duration.ofSeconds(2))).toCompletableFuture().join();
    Job ended = operator.job(submitted.id());
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.spec()).isEqualTo(submitted.spec());
    assertThat(ended.end().orElseThrow().result())
        .contains(new JobResult(0, Duration.ofSeconds(2)));
    assertThat(operator.log(submitted.id(), 0))
        .singleElement()
        .satisfies(chunk -> assertThat(chunk.text()).isEqualTo("hello\n"));
    assertThat(operator.log(submitted.id(), 1)).isEmpty();
  }

  @Test
  void aCancelledJobKeepsItsReason() {
    JobId id = operator.submit(job().build()).id();
    Job cancelled = operator.cancel(id, "changed my mind");
    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.end().orElseThrow().reason()).contains("changed my mind");
    assertThat(operator.cancel(id, "again")).isEqualTo(cancelled);
  }

  @Test
  void whatIsNotThereHasItsCode() {
    FileName file = new FileName("f");
    assertThat(failure(() -> operator.job(NONE)).code()).isEqualTo(Code.NO_SUCH_JOB);
    assertThat(failure(() -> operator.log(NONE, 0)).code()).isEqualTo(Code.NO_SUCH_JOB);
    assertThat(failure(() -> operator.cancel(NONE, "x")).code()).isEqualTo(Code.NO_SUCH_JOB);
    assertThat(failure(() -> operator.watch(NONE, news -> {})).code()).isEqualTo(Code.NO_SUCH_JOB);
    assertThat(failure(() -> operator.download(NONE, file)).code()).isEqualTo(Code.NO_SUCH_JOB);
    WorkerName nobody = new WorkerName("nobody");
    assertThat(failure(() -> operator.status(nobody)).code()).isEqualTo(Code.NO_SUCH_WORKER);
    JobId queued = operator.submit(job().build()).id();
    assertThat(failure(() -> operator.download(queued, file)).code()).isEqualTo(Code.MISSING_FILE);
    var missing = new StoredFile(file, 3, new Sha256("a".repeat(64)), "m");
    assertThat(failure(() -> operator.submit(job().inputs(List.of(missing)).build())))
        .hasMessageContaining("upload it first")
        .extracting(FarmException::code)
        .isEqualTo(Code.MISSING_FILE);
  }

  @Test
  void jobsComeInPagesNewestFirst() {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ids.add(0, operator.submit(job().build()).id());
    }
    List<JobId> seen = new ArrayList<>();
    Optional<JobId> before = Optional.empty();
    List<Job> page;
    do {
      page = operator.jobs(Optional.empty(), before, 10);
      assertThat(page).hasSizeLessThanOrEqualTo(10);
      page.forEach(job -> seen.add(job.id()));
      before = Optional.of(seen.get(seen.size() - 1));
    } while (!page.isEmpty());
    assertThat(seen).isEqualTo(ids);
    operator.cancel(ids.get(3), "x");
    assertThat(operator.jobs(Optional.of(JobState.CANCELLED), Optional.empty(), 5))
        .extracting(Job::id)
        .containsExactly(ids.get(3));
    assertThat(operator.jobs(Optional.of(JobState.RUNNING), Optional.empty(), 5)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, JobQuery.MAX_LIMIT + 1, -4_294_967_286L, Long.MIN_VALUE, 1L << 40})
  void aLimitOutOfRangeIsRefused(long limit) {
    assertInvalid(perspective.call("jobs", null, null, limit), "expected 1 to 1000");
  }

  @Test
  void whatIsNoQueryIsRefusedByName() {
    assertInvalid(
        perspective.call("jobs", "sleeping"), "'sleeping' is not a state: expected queued");
    assertInvalid(perspective.call("jobs", null, 0L), "ids start at 1");
    assertInvalid(perspective.call("job", -4), "ids start at 1");
    assertInvalid(perspective.call("submit", Map.of()), "job misses 'kind'");
  }

  @Test
  void jobsThatFillAnAnswerComeInSmallerPages() {
    String big = "x".repeat(500_000);
    for (int i = 0; i < 12; i++) {
      operator.submit(job().outputs(List.of(big + i, big + i + "b", big + "c")).build());
    }
    List<Job> page = operator.jobs(Optional.empty(), Optional.empty(), 1000);
    assertThat(page).hasSizeBetween(1, 11);
    Optional<JobId> last = Optional.of(page.get(page.size() - 1).id());
    assertThat(operator.jobs(Optional.empty(), last, 1000)).isNotEmpty();
  }

  @Test
  void aLogComesInPagesOfNumberedChunks() throws Exception {
    attachWorker();
    JobId id = operator.submit(job().build()).id();
    FakeWorker.Given given = worker.next();
    given.report().started().toCompletableFuture().join();
    CompletableFuture<?>[] written = new CompletableFuture<?>[1200];
    for (int i = 0; i < written.length; i++) {
      written[i] = given.report().log(LogStream.STDOUT, i + "\n").toCompletableFuture();
    }
    CompletableFuture.allOf(written).join();
    List<LogChunk> all = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    List<LogChunk> page;
    do {
      page = operator.log(id, all.size());
      pages.add(page.size());
      all.addAll(page);
    } while (!page.isEmpty());
    assertThat(pages).containsExactly(500, 500, 200, 0);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).sequence()).isEqualTo(i + 1);
      assertThat(all.get(i).text()).isEqualTo(i + "\n");
    }
  }

  @Test
  void aPageOfLongChunksFitsAnAnswer() throws Exception {
    attachWorker();
    JobId id = operator.submit(job().build()).id();
    FakeWorker.Given given = worker.next();
    given.report().started().toCompletableFuture().join();
    String text = "\u20ac".repeat(200_000);
    for (int i = 0; i < 12; i++) {
      given.report().log(LogStream.STDOUT, text).toCompletableFuture().join();
    }
    List<LogChunk> first = operator.log(id, 0);
    assertThat(first).hasSize(10);
    assertThat(operator.log(id, 10)).hasSize(2);
  }

  @Test
  void workersAreListedWithWhatTheyTold() throws Exception {
    attachWorker();
    assertThat(operator.workers())
        .singleElement()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("name", "w1")
        .containsEntry("wire", "fake")
        .containsEntry("state", "connected")
        .containsEntry("address", "10.0.0.1:5")
        .containsEntry("version", "7.8")
        .containsEntry("tags", List.of("gpu"))
        .containsEntry("slots", 2L)
        .containsEntry("cpus", 8L)
        .containsEntry("kinds", List.of("shell"))
        .containsKeys("last_seen", "running", "waiting");
    WorkerStatus status = operator.status(new WorkerName("w1"));
    assertThat(status.freeDiskBytes()).isEqualTo(1L << 54);
    assertThat(status.running()).hasSize(1);
  }

  @Test
  void aNewWorkerIsListedAndNotConnected() {
    operator.addWorker(new WorkerName("new"), "hbqueue", "0123456789abcdef".repeat(2));
    assertThat(operator.workers())
        .singleElement()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("name", "new")
        .containsEntry("state", "offline")
        .containsEntry("slots", null);
    assertThat(failure(() -> operator.status(new WorkerName("new"))).code())
        .isEqualTo(Code.NOT_CONNECTED);
  }

  @Test
  void aWorkerIsAddedWithADigestAndAWireOnly() {
    String digest = "0".repeat(32);
    for (String wrong :
        List.of("", "0".repeat(31), "0".repeat(33), "G".repeat(32), "A".repeat(32))) {
      assertInvalid(perspective.call("addWorker", "w", "hbqueue", wrong), "32 lower-case hex");
    }
    for (String wrong : List.of("", "HB Queue", "x".repeat(100), "a\nb")) {
      assertInvalid(perspective.call("addWorker", "w", wrong, digest), "not a wire");
    }
    assertInvalid(perspective.call("addWorker", "@operator", "hbqueue", digest), "worker name");
    assertThat(operator.workers()).isEmpty();
  }

  @Test
  void filesGoUpAndAreThereWhenTheyAreWhole() throws Exception {
    Path source = Files.writeString(temp.resolve("in.txt"), "content");
    Sha256 hash = sha256("content");
    FileName name = new FileName("in.txt");
    assertThat(operator.uploaded(name)).isEmpty();
    try (FtpTransfer ftp = new FtpTransfer()) {
      ftp.upload(() -> operator.upload(name, 7, hash), source, (done, total) -> {});
    }
    await().until(() -> operator.uploaded(name).isPresent());
    StoredFile file = operator.uploaded(name).orElseThrow();
    assertThat(file.sha256()).isEqualTo(hash);
    Grant again = operator.upload(name, 7, hash);
    assertThat(again.offset()).isEqualTo(7);
    assertThat(operator.submit(job().inputs(List.of(file)).build()).spec().inputs())
        .containsExactly(file);
  }

  @Test
  void anUploadOfLessThanNothingIsRefused() {
    assertInvalid(perspective.call("upload", "f", -1, "a".repeat(64)), "size -1");
    assertInvalid(perspective.call("upload", "../f", 1, "a".repeat(64)), "relative path");
    assertInvalid(perspective.call("upload", "f", 1, "a"), "SHA-256");
  }

  @Test
  void grantsEndWithTheLogin() throws Exception {
    OperatorClient other = connect();
    Grant used = other.upload(new FileName("a"), 7, sha256("content"));
    Grant left = other.upload(new FileName("b"), 7, sha256("another"));
    assertThat(ftpLogin(used)).startsWith("230");
    other.close();
    await().untilAsserted(() -> assertThat(ftpLogin(left)).startsWith("530"));
  }

  /** What the depot says to a grant's user and password. */
  private static String ftpLogin(Grant grant) throws IOException {
    try (Socket socket = new Socket(grant.host(), grant.port());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      in.readLine();
      ask(socket, "USER " + grant.user());
      in.readLine();
      ask(socket, "PASS " + grant.password());
      return String.valueOf(in.readLine());
    }
  }

  private static void ask(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
  }

  @Test
  void aWrongSecretIsRefusedWithTheMend() {
    FarmException refused =
        failure(() -> OperatorClient.connect("127.0.0.1", port(), "wrong-4712").close());
    assertThat(refused)
        .hasMessageContaining("refuses the login")
        .hasMessageContaining("operator.secret")
        .hasMessageNotContaining("4712");
  }

  @Test
  void aControllerThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> OperatorClient.connect("127.0.0.1", 1, SECRET).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void theEndOfTheConnectionIsToldAndCallsFail() {
    CompletableFuture<String> told = new CompletableFuture<>();
    operator.onDisconnect(told::complete);
    controller.close();
    assertThat(failure(() -> operator.job(NONE)).code()).isEqualTo(Code.UNAVAILABLE);
    operator.close();
    assertThat(told.join()).contains("closed");
    assertThat(failure(() -> operator.job(NONE)).code()).isEqualTo(Code.UNAVAILABLE);
  }

  private static Sha256 sha256(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  private static void assertInvalid(CompletableFuture<?> call, String text) {
    assertThatThrownBy(call::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            dev.spindle.pb.broker.RemoteException.class,
            e -> {
              assertThat(e.type()).isEqualTo("spindle.Invalid");
              assertThat(e.text()).contains(text);
            });
  }
}
