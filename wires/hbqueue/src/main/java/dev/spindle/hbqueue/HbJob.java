// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Assignment;
import dev.spindle.farm.AttemptId;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.Sha256;
import dev.spindle.forms.FarmErrors;
import dev.spindle.forms.GrantForm;
import dev.spindle.forms.ResultForm;
import dev.spindle.forms.Seconds;
import dev.spindle.forms.SpecForm;
import dev.spindle.forms.StatusForm;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One assignment, as the worker sees it. Source: HBQueue reference, "HBJob".
 *
 * <p>Thread: the PB connection's; everything is passed on to the farm's {@link JobReport}.
 */
final class HbJob implements Referenceable {
  /** Longest log text of one call, in characters; a worker sends more in several. */
  static final int MAX_LOG_CHARS = 256 * 1024;

  /** Longest progress or failure text, in characters. */
  static final int MAX_TEXT_CHARS = 16 * 1024;

  private final Assignment assignment;
  private final JobReport report;
  private final HbQueue queue;

  HbJob(Assignment assignment, JobReport report, HbQueue queue) {
    this.assignment = assignment;
    this.report = report;
    this.queue = queue;
  }

  AttemptId attempt() {
    return assignment.id();
  }

  @Exposed
  Map<String, @Nullable Object> describe() {
    Map<String, @Nullable Object> dict = SpecForm.toDict(assignment.spec());
    dict.put("id", assignment.id().job().number());
    dict.put("attempt", assignment.id().attempt());
    dict.put("lease", Seconds.of(assignment.lease()));
    return dict;
  }

  @Exposed
  CompletionStage<Map<String, @Nullable Object>> fetch(String name, PbConnection worker) {
    return grant(worker, () -> report.fetch(new FileName(name)));
  }

  @Exposed
  CompletionStage<Map<String, @Nullable Object>> offer(
      String name, long size, String sha256, PbConnection worker) {
    return grant(
        worker, () -> report.offer(new FileName(name), notNegative(size), new Sha256(sha256)));
  }

  private static long notNegative(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + ": expected 0 or more");
    }
    return size;
  }

  private static CompletionStage<Map<String, @Nullable Object>> grant(
      PbConnection worker, Supplier<CompletionStage<Grant>> asked) {
    return FarmErrors.answer(asked)
        .thenApply(grant -> GrantForm.toDict(grant, worker.localAddress()));
  }

  /**
   * Answers True when the whole file is in and its hash is right: it is on record then, and need
   * not be sent again to a server that has restarted. One that was not delivered before the restart
   * must be offered again first.
   */
  @Exposed
  CompletionStage<Boolean> delivered(String name) {
    return FarmErrors.answer(() -> report.delivered(new FileName(name)));
  }

  @Exposed
  CompletionStage<Boolean> started() {
    return FarmErrors.answer(report::started);
  }

  @Exposed
  CompletionStage<Boolean> progress(Optional<Double> percent, Optional<String> text) {
    return FarmErrors.answer(
        () ->
            report.progress(
                StatusForm.percent(percent),
                bounded("progress text", text.orElse(""), MAX_TEXT_CHARS)));
  }

  @Exposed
  CompletionStage<Boolean> log(String stream, String text) {
    return FarmErrors.answer(
        () -> report.log(LogStream.of(stream), bounded("log text", text, MAX_LOG_CHARS)));
  }

  @Exposed
  CompletionStage<Boolean> finished(Map<?, ?> result) {
    return ended(() -> report.finished(ResultForm.read(result)));
  }

  @Exposed
  CompletionStage<Boolean> failed(String why, boolean retry) {
    return ended(() -> report.failed(bounded("reason", why, MAX_TEXT_CHARS), retry));
  }

  CompletionStage<Boolean> refuse(String why) {
    return ended(() -> report.refuse(bounded("reason", why, MAX_TEXT_CHARS)));
  }

  /** Whatever the answer, the worker is done with it: true or false, it may forget the job. */
  private CompletionStage<Boolean> ended(Supplier<CompletionStage<Boolean>> asked) {
    return FarmErrors.answer(asked)
        .thenApply(
            answer -> {
              queue.remove(attempt());
              return answer;
            });
  }

  private static String bounded(String what, String text, int limit) {
    if (text.length() > limit) {
      throw new IllegalArgumentException(
          what + " of " + text.length() + " characters: at most " + limit + ", send it in parts");
    }
    return text;
  }
}
