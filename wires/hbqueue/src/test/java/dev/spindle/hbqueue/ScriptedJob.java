// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.Assignment;
import dev.spindle.forms.Seconds;
import dev.spindle.forms.SpecForm;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.Referenceable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A job of a server that is a script: writes down what it is told, answers as it should. */
final class ScriptedJob implements Referenceable {
  final Map<String, Object> description = new HashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final StringBuffer log = new StringBuffer();

  /** Answers a call by its name; true unless told. */
  volatile Function<String, Object> answers = call -> true;

  ScriptedJob(Assignment assignment) {
    description.putAll(SpecForm.toDict(assignment.spec()));
    description.put("id", assignment.id().job().number());
    description.put("attempt", assignment.id().attempt());
    description.put("lease", Seconds.of(assignment.lease()));
  }

  static PbError error(String type) {
    return new PbError(type, "the script says so");
  }

  private Object answer(String name, String call) {
    calls.add(call);
    Object answer = answers.apply(name);
    if (answer instanceof RuntimeException failure) {
      throw failure;
    }
    return answer;
  }

  boolean has(String call) {
    return calls.stream().anyMatch(made -> made.startsWith(call));
  }

  long count(String call) {
    return calls.stream().filter(made -> made.startsWith(call)).count();
  }

  @Exposed
  Object describe() {
    Object answer = answer("describe", "describe");
    return Boolean.TRUE.equals(answer) ? description : answer;
  }

  @Exposed
  Object started() {
    return answer("started", "started");
  }

  @Exposed
  Object progress(Object percent, String text) {
    return answer("progress", "progress " + text);
  }

  @Exposed
  Object log(String stream, String text) {
    Object answer = answer("log", "log " + stream);
    log.append(text);
    return answer;
  }

  @Exposed
  Object finished(Map<?, ?> result) {
    return answer("finished", "finished " + result.get("exit"));
  }

  @Exposed
  Object failed(String why, boolean retry) {
    return answer("failed", "failed " + retry + " " + why);
  }
}
