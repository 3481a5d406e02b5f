// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.Farm;
import dev.spindle.farm.FileName;
import dev.spindle.farm.GrantHolder;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobQuery;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.WorkerName;
import dev.spindle.forms.FarmErrors;
import dev.spindle.forms.FileForm;
import dev.spindle.forms.GrantForm;
import dev.spindle.forms.JobForm;
import dev.spindle.forms.LogForm;
import dev.spindle.forms.SpecForm;
import dev.spindle.forms.StatusForm;
import dev.spindle.forms.WorkerForm;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may call. Answers are dictionaries, see {@code dev.spindle.forms}; errors have
 * the types {@code spindle.NoSuchJob}, {@code spindle.Invalid} and so on.
 *
 * <p>Thread: the PB connection's; nothing blocks.
 */
final class OperatorPerspective {
  /** Most log chunks of one answer: each may have 256 Ki characters, an answer 16 MiB. */
  static final int MAX_LOG_CHUNKS = 500;

  private static final Pattern WIRE = Pattern.compile("[a-z]{1,32}");

  private final Farm farm;
  private final GrantHolder holder;
  private final FarmWatches watches;

  OperatorPerspective(Farm farm, GrantHolder holder) {
    this.farm = farm;
    this.holder = holder;
    this.watches = new FarmWatches(farm);
  }

  void loggedOut() {
    watches.close();
    farm.release(holder);
  }

  @Exposed
  CompletionStage<Map<String, @Nullable Object>> submit(Map<?, ?> spec) {
    return answer(() -> farm.submit(SpecForm.read(spec)), JobForm::toDict);
  }

  @Exposed
  CompletionStage<Map<String, @Nullable Object>> job(long id) {
    return answer(() -> farm.job(new JobId(id)), JobForm::toDict);
  }

  /**
   * {@code jobs(state, before, limit)}: newest first; None for no condition. Fewer than the limit
   * when more would not fit one answer: the next page is asked for with {@code before}.
   */
  @Exposed
  CompletionStage<List<Map<String, @Nullable Object>>> jobs(
      Optional<String> state, Optional<Long> before, Optional<Long> limit) {
    return answer(
        () -> farm.jobs(query(state, before, limit)),
        jobs -> all(JobPages.withinAnswer(jobs), JobForm::toDict));
  }

  private static JobQuery query(
      Optional<String> state, Optional<Long> before, Optional<Long> limit) {
    long most = limit.orElse((long) JobQuery.MAX_LIMIT);
    int nearest = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, most));
    return new JobQuery(state.map(JobForm::state), before.map(JobId::new), nearest);
  }

  /** {@code log(id, after)}: the chunks behind a sequence number, at most a page of them. */
  @Exposed
  CompletionStage<List<Map<String, @Nullable Object>>> log(long id, long after) {
    return answer(
        () -> farm.log(new JobId(id), after, MAX_LOG_CHUNKS),
        chunks -> all(LogPages.withinAnswer(chunks), LogForm::toDict));
  }

  @Exposed
  CompletionStage<Map<String, @Nullable Object>> cancel(long id, String why) {
    return answer(() -> farm.cancel(new JobId(id), why), JobForm::toDict);
  }

  @Exposed
  CompletionStage<List<Map<String, @Nullable Object>>> workers() {
    return answer(farm::workers, workers -> all(workers, WorkerForm::toDict));
  }

  @Exposed
  CompletionStage<Map<String, @Nullable Object>> status(String worker) {
    return answer(() -> farm.status(new WorkerName(worker)), StatusForm::toDict);
  }

  /** {@code addWorker(name, wire, secretMd5)}: lets a worker in, or changes its secret. */
  @Exposed
  CompletionStage<@Nullable Object> addWorker(String name, String wire, String secretMd5) {
    return answer(
        () -> {
          refuseUnlessWire(wire);
          refuseUnlessMd5(secretMd5);
          return farm.register(
              new RegisteredWorker(new WorkerName(name), wire, secretMd5, Instant.now()));
        },
        done -> null);
  }

  private static void refuseUnlessWire(String wire) {
    if (!WIRE.matcher(wire).matches()) {
      throw new IllegalArgumentException(
          "this is not a wire: expected a name of lower-case letters, such as hbqueue");
    }
  }

  private static void refuseUnlessMd5(String digest) {
    if (!digest.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("the digest of a secret must be 32 lower-case hex digits");
    }
  }

  /** {@code upload(name, size, sha256)}: a grant; nothing to do when offset equals size. */
  @Exposed
  CompletionStage<Map<String, @Nullable Object>> upload(
      String name, long size, String sha256, PbConnection user) {
    return answer(
        () -> farm.upload(holder, new FileName(name), notNegative(size), new Sha256(sha256)),
        grant -> GrantForm.toDict(grant, user.localAddress()));
  }

  private static long notNegative(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + ": expected 0 or more");
    }
    return size;
  }

  /** {@code uploaded(name)}: the file once it is whole in the depot, else None. */
  @Exposed
  CompletionStage<@Nullable Object> uploaded(String name) {
    return answer(
        () -> farm.uploaded(holder, new FileName(name)),
        file -> file.<@Nullable Object>map(FileForm::toDict).orElse(null));
  }

  @Exposed
  CompletionStage<Map<String, @Nullable Object>> download(
      long id, String output, PbConnection user) {
    return answer(
        () -> farm.download(holder, new JobId(id), new FileName(output)),
        grant -> GrantForm.toDict(grant, user.localAddress()));
  }

  /**
   * {@code watch(id, watcher)}: calls {@code watcher.changed(dict)} whenever the job changed, got
   * further or wrote to its log; see {@link JobWatch}. The watch ends with the job.
   */
  @Exposed
  CompletionStage<@Nullable Object> watch(long id, RemoteReference watcher) {
    return answer(
        () -> {
          JobId job = new JobId(id);
          JobWatch watch = watches.add(job, watcher);
          return farm.job(job).whenComplete((found, error) -> dropIfOver(watch, found, error));
        },
        found -> null);
  }

  /** A job that does not exist, or has ended, gives no more news. */
  private void dropIfOver(JobWatch watch, @Nullable Job found, @Nullable Throwable error) {
    if (error != null || Objects.requireNonNull(found).state().isFinal()) {
      watches.remove(watch);
    }
  }

  private static <T, R> CompletionStage<R> answer(
      Supplier<CompletionStage<T>> asked, Function<T, R> form) {
    return FarmErrors.answer(() -> asked.get().thenApply(form));
  }

  private static <T, R> List<R> all(List<T> values, Function<T, R> form) {
    return new ArrayList<>(values.stream().map(form).toList());
  }
}
