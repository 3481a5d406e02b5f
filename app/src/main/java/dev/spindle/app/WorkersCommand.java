// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.operator.OperatorClient;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists workers. */
@Command(
    name = "workers",
    header = "Lists the registered workers and what they do.",
    sortOptions = false)
final class WorkersCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Option(names = "--json", description = "as JSON, for programs")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = command.commandLine().getOut();
    List<Map<?, ?>> workers;
    try (OperatorClient operator = access.connect()) {
      workers = operator.workers();
    }
    if (json) {
      out.println(Json.of(workers));
      return;
    }
    Table table =
        new Table("NAME", "STATE", "SLOTS", "RUNNING", "WAITING", "TAGS", "ADDRESS", "VERSION");
    for (Map<?, ?> worker : workers) {
      table.add(
          text(worker.get("name")),
          text(worker.get("state")),
          text(worker.get("slots")),
          count(worker.get("running")),
          count(worker.get("waiting")),
          joined(worker.get("tags")),
          text(worker.get("address")),
          text(worker.get("version")));
    }
    table.print(out);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }

  private static String count(@Nullable Object list) {
    return list instanceof Collection<?> members ? Integer.toString(members.size()) : "-";
  }

  private static String joined(@Nullable Object list) {
    return list instanceof Collection<?> members && !members.isEmpty()
        ? members.stream().map(String::valueOf).collect(Collectors.joining(","))
        : "-";
  }
}
