// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobState;
import dev.spindle.forms.JobForm;
import dev.spindle.operator.OperatorClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Lists jobs. */
@Command(name = "jobs", header = "Lists jobs, newest first.", sortOptions = false)
final class JobsCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Option(
      names = "--state",
      paramLabel = "S",
      converter = StateConverter.class,
      description =
          "only jobs in this state: queued, assigned, running, succeeded, failed or cancelled (default: any)")
  private @Nullable JobState state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "how many at most, 1 to 1000 (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--json", description = "as JSON, for programs")
  private boolean json;

  @Override
  public void run() {
    PrintWriter out = command.commandLine().getOut();
    List<Job> jobs;
    try (OperatorClient operator = access.connect()) {
      jobs = newest(operator);
    }
    if (json) {
      out.println(Json.of(jobs.stream().map(JobForm::toDict).toList()));
      return;
    }
    Table table = new Table("ID", "STATE", "RESULT", "WORKER", "SUBMITTED", "COMMAND");
    for (Job job : jobs) {
      table.add(
          job.id().toString(),
          JobTexts.state(job),
          JobTexts.result(job),
          JobTexts.worker(job),
          JobTexts.time(job.submittedAt()),
          JobTexts.command(job));
    }
    table.print(out);
  }

  /** In as many answers as it takes: one with large jobs in it holds fewer than were asked for. */
  private List<Job> newest(OperatorClient operator) {
    List<Job> jobs = new ArrayList<>();
    List<Job> page = operator.jobs(Optional.ofNullable(state), Optional.empty(), limit);
    jobs.addAll(page);
    while (!page.isEmpty() && jobs.size() < limit) {
      Job oldest = page.get(page.size() - 1);
      page =
          operator.jobs(Optional.ofNullable(state), Optional.of(oldest.id()), limit - jobs.size());
      jobs.addAll(page);
    }
    return jobs;
  }

  /** Reads a state's name. */
  static final class StateConverter implements ITypeConverter<JobState> {
    @Override
    public JobState convert(String text) {
      try {
        return JobForm.state(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
