// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.Work;
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
      return new ShellWork(json.texts("command"), json.textMap("environment"));
    }
    throw new IllegalArgumentException("work of kind '" + kind + "': expected '" + SHELL + "'");
  }

  private static ObjectNode shell(ShellWork work) {
    ObjectNode json = Json.object().put("kind", SHELL);
    json.set("command", Json.texts(work.command()));
    ObjectNode environment = json.putObject("environment");
    new TreeMap<>(work.environment()).forEach(environment::put);
    return json;
  }
}
