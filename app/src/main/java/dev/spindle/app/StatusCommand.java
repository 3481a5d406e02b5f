// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.WorkerName;
import dev.spindle.farm.WorkerStatus;
import dev.spindle.forms.StatusForm;
import dev.spindle.operator.OperatorClient;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a worker how it is. */
@Command(name = "status", header = "Asks a worker how it is, now.", sortOptions = false)
final class StatusCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Parameters(
      paramLabel = "WORKER",
      converter = WorkerCommand.WorkerNameConverter.class,
      description = "the worker's name")
  private WorkerName worker;

  @Option(names = "--json", description = "as JSON, for programs")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = command.commandLine().getOut();
    WorkerStatus status;
    try (OperatorClient operator = access.connect()) {
      status = operator.status(worker);
    }
    if (json) {
      out.println(Json.of(StatusForm.toDict(status)));
    } else {
      print(worker, status, out);
    }
  }

  static void print(WorkerName worker, WorkerStatus status, PrintWriter out) {
    out.println("worker     " + worker);
    out.println(
        "load       "
            + (status.load() < 0 ? "-" : String.format(Locale.ROOT, "%.2f", status.load())));
    out.println(
        "free disk  "
            + (status.freeDiskBytes() < 0 ? "-" : StatusLine.size(status.freeDiskBytes())));
    for (WorkerStatus.Running running : status.running()) {
      out.println(
          "running    job "
              + running.attempt().job()
              + ", attempt "
              + running.attempt().attempt()
              + ", "
              + JobTexts.duration(running.elapsed())
              + (running.percent().isPresent()
                  ? String.format(Locale.ROOT, ", %.0f %%", running.percent().getAsDouble())
                  : ""));
    }
    if (status.running().isEmpty()) {
      out.println("running    nothing");
    }
  }
}
