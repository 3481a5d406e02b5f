// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a job does, as it is stored: an object whose {@code kind} says what else is in it. */
final class WorkJson {
  private static final String SHELL = "shell";

  private WorkJson() {}

  static ObjectNode write(Work work) {
    if (work instanceof ShellWork shell) {
      return shell(shell);
    }
    throw new IllegalArgumentException("work of kind '" + work.kind() + "' has no stored form");
  }

  static Work read(JsonFields json) {
    String kind = json.text("kind");
    if (kind.equals(SHELL)) {
      return shell(json);
    }
    throw new IllegalArgumentException("work of kind '" + kind + "': expected '" + SHELL + "'");
  }

  /** Variables are a list, since a JSON field's name cannot carry every text that theirs can. */
  private static ObjectNode shell(ShellWork work) {
    ObjectNode json = Json.object().put("kind", SHELL);
    json.set("command", Json.texts(work.command()));
    ArrayNode environment = json.putArray("environment");
    new TreeMap<>(work.environment())
        .forEach((name, value) -> environment.addObject().put("name", name).put("value", value));
    return json;
  }

  private static ShellWork shell(JsonFields json) {
    Map<String, String> environment = new HashMap<>();
    json.objects(
        "environment", variable -> environment.put(variable.text("name"), variable.text("value")));
    return new ShellWork(json.texts("command"), environment);
  }
}
