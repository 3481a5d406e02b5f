// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.Attempt;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.JobId;
import dev.spindle.farm.StoredFile;
import dev.spindle.forms.JobForm;
import dev.spindle.operator.OperatorClient;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one job. */
@Command(
    name = "job",
    header = "Shows a job: what was asked, every attempt, and how it ended.",
    sortOptions = false)
final class JobCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Parameters(paramLabel = "ID", converter = JobArgument.class, description = "the job's id")
  private JobId id;

  @Option(names = "--json", description = "as JSON, for programs")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = command.commandLine().getOut();
    Job job;
    try (OperatorClient operator = access.connect()) {
      job = operator.job(id);
    }
    if (json) {
      out.println(Json.of(JobForm.toDict(job)));
    } else {
      print(job, out);
    }
  }

  private static void print(Job job, PrintWriter out) {
    out.println("job        " + job.id());
    out.println("command    " + JobTexts.wholeCommand(job));
    out.println("state      " + JobTexts.state(job));
    out.println("submitted  " + JobTexts.time(job.submittedAt()));
    out.println("priority   " + job.spec().priority());
    for (StoredFile input : job.spec().inputs()) {
      out.println("input      " + input.name() + ", " + StatusLine.size(input.size()));
    }
    for (Attempt attempt : job.attempts()) {
      out.println(
          "attempt    "
              + attempt.number()
              + " on "
              + attempt.worker()
              + " at "
              + JobTexts.time(attempt.startedAt())
              + attempt.outcome().map(how -> ": " + how).orElse(", running"));
    }
    job.end().ifPresent(end -> print(end, out));
  }

  private static void print(JobEnd end, PrintWriter out) {
    out.println("ended      " + JobTexts.time(end.at()));
    end.result()
        .ifPresent(
            result -> {
              out.println("exit       " + result.exit());
              out.println("elapsed    " + JobTexts.duration(result.elapsed()));
            });
    if (!end.reason().isEmpty()) {
      out.println("reason     " + end.reason());
    }
    for (StoredFile output : end.outputs()) {
      out.println("output     " + output.name() + ", " + StatusLine.size(output.size()));
    }
  }
}
