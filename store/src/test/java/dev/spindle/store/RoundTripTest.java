// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import static dev.spindle.store.Stages.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.Attempt;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.JobState;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.Work;
import dev.spindle.farm.WorkerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the domain allows comes back as it went in. */
final class RoundTripTest {
  private static final AtomicLong SEQUENCE = new AtomicLong();
  private static Path folder;
  private static SqliteJobStore store;

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("spindle-store");
    store = SqliteJobStore.at(folder.resolve("spindle.db"));
    store.open();
    await(store.commit(Samples.put(Samples.queued(1))));
  }

  @AfterContainer
  static void close() throws IOException {
    store.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 300, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void anyJob(@ForAll("jobs") Job job) {
    await(store.commit(Samples.put(job)));
    assertThat(await(store.job(job.id()))).contains(job);
  }

  @Property(tries = 300, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void anyChunk(
      @ForAll("texts") String text, @ForAll LogStream stream, @ForAll("instants") Instant at) {
    long sequence = SEQUENCE.incrementAndGet();
    var chunk = new LogChunk(AttemptId.of(1, 7), sequence, stream, at, text);
    await(store.commit(Samples.append(chunk)));
    assertThat(await(store.log(new JobId(1), sequence - 1, 10))).containsExactly(chunk);
  }

  @Provide
  Arbitrary<Job> jobs() {
    return Combinators.combine(
            Arbitraries.longs().between(2, Long.MAX_VALUE - 1),
            specs(),
            Arbitraries.of(JobState.class),
            Arbitraries.integers().greaterOrEqual(0),
            workers().optional(),
            instants(),
            attempts().list().ofMaxSize(3),
            ends())
        .as(
            (id, spec, state, attempt, worker, at, attempts, end) ->
                new Job(
                    new JobId(id),
                    spec,
                    state,
                    attempt,
                    worker,
                    at,
                    attempts,
                    state.isFinal() ? Optional.of(end) : Optional.empty()));
  }

  /** Every character, NUL and halves of surrogate pairs among them. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Character> halves = Arbitraries.chars().range('\ud800', '\udfff');
    Arbitrary<Character> any = Arbitraries.chars().range('\u0000', '\uffff');
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.frequencyOf(
                Tuple.of(1, halves),
                Tuple.of(2, any),
                Tuple.of(1, Arbitraries.of('\0', '"', '\\', '\n', ' ')))
            .list()
            .ofMaxSize(20)
            .map(RoundTripTest::text));
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
            Arbitraries.integers().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  private Arbitrary<JobSpec> specs() {
    return Combinators.combine(
            works(),
            files().list().ofMaxSize(3).uniqueElements(StoredFile::name),
            texts().list().ofMaxSize(3),
            Arbitraries.integers().between(JobSpec.MIN_PRIORITY, JobSpec.MAX_PRIORITY),
            texts().set().ofMaxSize(3),
            durations().optional(),
            durations().optional(),
            Arbitraries.integers().greaterOrEqual(1))
        .as(
            (work, inputs, outputs, priority, tags, timeout, maxTime, attempts) ->
                new JobSpec(
                    work,
                    inputs,
                    outputs,
                    priority,
                    tags,
                    timeout,
                    maxTime,
                    attempts % 2 == 0,
                    attempts));
  }

  private Arbitrary<Work> works() {
    Arbitrary<String> texts = texts().map(text -> text.replace("\0", ""));
    Arbitrary<String> names = texts.map(text -> "N" + text.replace("=", ""));
    return Combinators.combine(
            texts.map(text -> "p" + text).list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.maps(names, texts).ofMaxSize(3))
        .as(ShellWork::new);
  }

  private Arbitrary<StoredFile> files() {
    Arbitrary<FileName> names =
        Arbitraries.strings()
            .withCharRange(' ', '~')
            .withCharRange('\ud800', '\udfff')
            .excludeChars('/', '\\')
            .ofMaxLength(10)
            .map(text -> new FileName("d/f" + text));
    return Combinators.combine(names, Arbitraries.longs().greaterOrEqual(0), hex(64), hex(32))
        .as((name, size, sha256, md5) -> new StoredFile(name, size, new Sha256(sha256), md5));
  }

  private Arbitrary<Attempt> attempts() {
    return Combinators.combine(
            Arbitraries.integers(),
            workers(),
            instants(),
            instants().optional(),
            texts().optional(),
            files().list().ofMaxSize(2))
        .as(Attempt::new);
  }

  private Arbitrary<JobEnd> ends() {
    Arbitrary<JobResult> results =
        Combinators.combine(Arbitraries.integers(), durations()).as(JobResult::new);
    return Combinators.combine(instants(), results.optional(), texts(), files().list().ofMaxSize(2))
        .as(JobEnd::new);
  }

  private static Arbitrary<WorkerName> workers() {
    return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(64).map(WorkerName::new);
  }

  private static Arbitrary<Duration> durations() {
    return Combinators.combine(
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            Arbitraries.integers().between(1, 999_999_999))
        .as(Duration::ofSeconds);
  }

  private static Arbitrary<String> hex(int digits) {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(digits);
  }

  private static String text(List<Character> chars) {
    var text = new StringBuilder();
    chars.forEach(text::append);
    return text.toString();
  }
}
