// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobSpec;
import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hands a job to a running controller. */
@Command(
    name = "submit",
    description = {
      "Hands a job to the controller and prints its id, once the job is safely stored.",
      "With --wait, prints the job's output as it comes and exits with the job's own status."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Mixin private JobOptions options;

  @Option(names = "--wait", description = "follow the job to its end")
  private boolean wait;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    StatusLine status = new StatusLine(err, Terminal.isStderr());
    // What is wrong with the job is said before anything is sent.
    var inputs = InputFiles.of(options.inputs());
    try (OperatorClient operator = access.connect()) {
      JobSpec spec = options.spec(new Uploads(operator, status).send(inputs));
      Job job = operator.submit(spec);
      if (!wait) {
        out.println(job.id());
        return 0;
      }
      err.println("spindle: job " + job.id());
      Job ended = new JobFollower(operator, new LogPrinter(out, err), status).follow(job.id());
      return JobExit.of(ended, err);
    }
  }
}
