// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spindle.farm.Attempt;
import dev.spindle.farm.FileName;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerName;
import java.util.List;
import java.util.Set;

/**
 * A job's parts as they are stored: JSON written and read by hand, so that a new name in the domain
 * leaves stored data readable.
 *
 * <p>Instants are {@code 2026-01-31T12:00:00.123456789Z}, durations {@code PT1M30S}. What is absent
 * in the domain is absent here. Fields that are not known are passed over. A field that is added
 * must be optional when it is read; any other change of this form is a new version of {@link
 * Schema}, with a script that rewrites what is stored.
 */
final class JobJson {
  private JobJson() {}

  /** All of it but the priority, which has a column. */
  static ObjectNode write(JobSpec spec) {
    ObjectNode json = Json.object();
    json.set("work", WorkJson.write(spec.work()));
    json.set("inputs", Json.array(spec.inputs(), JobJson::write));
    json.set("outputs", Json.texts(spec.outputs()));
    json.set("tags", Json.texts(spec.tags().stream().sorted().toList()));
    spec.timeout().ifPresent(timeout -> json.put("timeout", timeout.toString()));
    spec.maxTime().ifPresent(maxTime -> json.put("maxTime", maxTime.toString()));
    return json.put("exclusive", spec.exclusive()).put("maxAttempts", spec.maxAttempts());
  }

  static JobSpec spec(JsonFields json, int priority) {
    return new JobSpec(
        WorkJson.read(json.object("work")),
        json.objects("inputs", JobJson::file),
        json.texts("outputs"),
        priority,
        Set.copyOf(json.texts("tags")),
        json.optional("timeout", json::duration),
        json.optional("maxTime", json::duration),
        json.flag("exclusive"),
        json.integer("maxAttempts"));
  }

  static ObjectNode write(Attempt attempt) {
    ObjectNode json =
        Json.object()
            .put("number", attempt.number())
            .put("worker", attempt.worker().value())
            .put("startedAt", attempt.startedAt().toString());
    attempt.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
    attempt.outcome().ifPresent(outcome -> json.put("outcome", outcome));
    if (!attempt.outputs().isEmpty()) {
      json.set("outputs", Json.array(attempt.outputs(), JobJson::write));
    }
    return json;
  }

  static Attempt attempt(JsonFields json) {
    return new Attempt(
        json.integer("number"),
        new WorkerName(json.text("worker")),
        json.instant("startedAt"),
        json.optional("endedAt", json::instant),
        json.optional("outcome", json::text),
        json.optional("outputs", name -> json.objects(name, JobJson::file)).orElse(List.of()));
  }

  static ObjectNode write(JobEnd end) {
    ObjectNode json = Json.object().put("at", end.at().toString());
    end.result().ifPresent(result -> json.set("result", write(result)));
    json.put("reason", end.reason());
    json.set("outputs", Json.array(end.outputs(), JobJson::write));
    return json;
  }

  static JobEnd end(JsonFields json) {
    return new JobEnd(
        json.instant("at"),
        json.optional("result", json::object).map(JobJson::result),
        json.text("reason"),
        json.objects("outputs", JobJson::file));
  }

  private static ObjectNode write(JobResult result) {
    return Json.object().put("exit", result.exit()).put("elapsed", result.elapsed().toString());
  }

  private static JobResult result(JsonFields json) {
    return new JobResult(json.integer("exit"), json.duration("elapsed"));
  }

  private static ObjectNode write(StoredFile file) {
    return Json.object()
        .put("name", file.name().value())
        .put("size", file.size())
        .put("sha256", file.sha256().hex())
        .put("md5", file.md5());
  }

  private static StoredFile file(JsonFields json) {
    return new StoredFile(
        new FileName(json.text("name")),
        json.number("size"),
        new Sha256(json.text("sha256")),
        json.text("md5"));
  }
}
