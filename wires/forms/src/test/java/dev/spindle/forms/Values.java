// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.Attempt;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
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
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerName;
import dev.spindle.farm.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any value of the domain, as far as it has a form. */
final class Values {
  private static final long MICROS_A_CENTURY = 100L * 365 * 86_400 * 1_000_000;

  private Values() {}

  static Arbitrary<String> text() {
    return Arbitraries.strings().all().excludeChars('\0').ofMaxLength(40).map(Values::whole);
  }

  /** Without halves of surrogate pairs, which UTF-8 does not have. */
  private static String whole(String text) {
    return text.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static Arbitrary<String> word() {
    return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20);
  }

  /** To the microsecond, which is what a number of seconds carries. */
  static Arbitrary<Duration> time() {
    return Arbitraries.longs()
        .between(0, MICROS_A_CENTURY)
        .map(micros -> Duration.of(micros, ChronoUnit.MICROS));
  }

  static Arbitrary<Duration> someTime() {
    return time().filter(time -> !time.isZero());
  }

  static Arbitrary<Instant> instant() {
    return time().map(Instant.EPOCH::plus);
  }

  static Arbitrary<WorkerName> worker() {
    return word().map(WorkerName::new);
  }

  static Arbitrary<FileName> fileName() {
    return word().list().ofMinSize(1).ofMaxSize(4).map(p -> new FileName(String.join("/", p)));
  }

  static Arbitrary<Sha256> sha256() {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(64).map(Sha256::new);
  }

  static Arbitrary<Long> size() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE);
  }

  static Arbitrary<StoredFile> file() {
    return Combinators.combine(fileName(), size(), sha256(), word()).as(StoredFile::new);
  }

  static Arbitrary<AttemptId> attempt() {
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(1), Arbitraries.integers().greaterOrEqual(1))
        .as(AttemptId::of);
  }

  static Arbitrary<ShellWork> work() {
    return Combinators.combine(
            word().flatMap(first -> text().list().ofMaxSize(4).map(rest -> join(first, rest))),
            Arbitraries.maps(word(), text()).ofMaxSize(4))
        .as(ShellWork::new);
  }

  private static List<String> join(String first, List<String> rest) {
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), rest.stream())
        .toList();
  }

  static Arbitrary<JobSpec> spec() {
    Arbitrary<JobSpec.Builder> files =
        Combinators.combine(
                work(),
                file().list().ofMaxSize(3).uniqueElements(StoredFile::name),
                text().list().ofMaxSize(3))
            .as((work, inputs, outputs) -> JobSpec.of(work).inputs(inputs).outputs(outputs));
    return Combinators.combine(
            files,
            Arbitraries.integers().between(JobSpec.MIN_PRIORITY, JobSpec.MAX_PRIORITY),
            word().set().ofMaxSize(3),
            someTime().optional(),
            someTime().optional(),
            Arbitraries.of(true, false),
            Arbitraries.integers().greaterOrEqual(1))
        .as(
            (spec, priority, tags, timeout, maxTime, exclusive, attempts) -> {
              timeout.ifPresent(spec::timeout);
              maxTime.ifPresent(spec::maxTime);
              return spec.priority(priority)
                  .tags(tags)
                  .exclusive(exclusive)
                  .maxAttempts(attempts)
                  .build();
            });
  }

  static Arbitrary<JobResult> result() {
    return Combinators.combine(Arbitraries.integers(), time()).as(JobResult::new);
  }

  static Arbitrary<Job> job() {
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(1),
            spec(),
            Arbitraries.of(JobState.class),
            Arbitraries.integers().greaterOrEqual(0),
            worker().optional(),
            instant(),
            pastAttempt().list().ofMaxSize(3),
            end())
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
                    state.isFinal() ? java.util.Optional.of(end) : java.util.Optional.empty()));
  }

  private static Arbitrary<Attempt> pastAttempt() {
    return Combinators.combine(
            Arbitraries.integers().greaterOrEqual(1),
            worker(),
            instant(),
            instant().optional(),
            text().optional(),
            file().list().ofMaxSize(3))
        .as(Attempt::new);
  }

  private static Arbitrary<JobEnd> end() {
    return Combinators.combine(instant(), result().optional(), text(), file().list().ofMaxSize(3))
        .as(JobEnd::new);
  }

  static Arbitrary<LogChunk> chunk() {
    return Combinators.combine(
            attempt(),
            Arbitraries.longs().greaterOrEqual(1),
            Arbitraries.of(LogStream.class),
            instant(),
            text())
        .as(LogChunk::new);
  }

  static Arbitrary<Grant> grant() {
    Arbitrary<Grant> login =
        Combinators.combine(word(), word(), word(), fileName(), file(), time(), size())
            .as(
                (user, password, path, ignored, file, valid, offset) ->
                    new Grant("", 0, false, user, password, path, file, valid, offset));
    return Combinators.combine(
            login, word(), Arbitraries.integers().between(1, 65535), Arbitraries.of(true, false))
        .as(
            (grant, host, port, tls) ->
                new Grant(
                    host,
                    port,
                    tls,
                    grant.user(),
                    grant.password(),
                    grant.path(),
                    grant.file(),
                    grant.valid(),
                    grant.offset()));
  }

  static Arbitrary<WorkerStatus> status() {
    Arbitrary<WorkerStatus.Running> running =
        Combinators.combine(attempt(), percent(), time()).as(WorkerStatus.Running::new);
    return Combinators.combine(
            running.list().ofMaxSize(4),
            Arbitraries.doubles().between(-1, 1000),
            Arbitraries.longs())
        .as(WorkerStatus::new);
  }

  private static Arbitrary<OptionalDouble> percent() {
    return Arbitraries.doubles()
        .between(0, 100)
        .map(OptionalDouble::of)
        .injectDuplicates(0.1)
        .optional()
        .map(found -> found.orElse(OptionalDouble.empty()));
  }

  static Arbitrary<WorkerInfo> info(String wire, String address) {
    return Combinators.combine(
            worker(),
            text(),
            word().set().ofMaxSize(3),
            Arbitraries.integers().between(1, WorkerInfo.MAX_SLOTS),
            Arbitraries.integers().between(1, 4096),
            sha256().set().ofMaxSize(3),
            attempt().list().ofMaxSize(3),
            text())
        .as(
            (name, version, tags, slots, cpus, holds, running, boot) ->
                new WorkerInfo(
                    name,
                    wire,
                    address,
                    version,
                    tags,
                    slots,
                    cpus,
                    java.util.Set.of("shell"),
                    holds,
                    running,
                    boot,
                    true));
  }
}
