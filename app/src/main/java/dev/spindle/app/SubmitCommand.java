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
    customSynopsis = "spindle submit [OPTIONS] -- COMMAND [ARGUMENT...]",
    header = "Hands a job to a controller and prints the job's id.",
    description = {
      "The id is printed once the job is on the controller's disk: from then on no",
      "crash loses it. With --wait, the job's output is printed as it comes instead,",
      "and the outputs are left for 'spindle fetch'."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:the job is stored; with --wait, it has succeeded",
      "1:no controller answered, or it refused the job",
      "2:the command line was wrong",
      "125:with --wait: the job could not be carried out; stderr says why",
      "130:with --wait: the job was cancelled",
      "other:with --wait: the command's own"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  spindle submit --input big.log --output big.log.gz -- gzip -k big.log",
      "  spindle submit --wait --tag gpu --timeout 300 -- nvidia-smi",
      "  spindle submit --controller farm:8787 --login-file farm.secret -- uname -a"
    },
    sortOptions = false)
final class SubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Mixin private JobOptions options;

  @Option(
      names = "--wait",
      description = "follow the job to its end; interrupting this command leaves the job alone")
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
