// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.StoredFile;
import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches a job's outputs. */
@Command(
    name = "fetch",
    header = "Fetches a job's outputs and prints their paths.",
    description = {
      "A file that is there already is replaced, and only by a whole one. A job that",
      "failed may have left outputs too."
    },
    sortOptions = false)
final class FetchCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Parameters(paramLabel = "ID", converter = JobArgument.class, description = "the job's id")
  private JobId id;

  @Option(
      names = {"-o", "--output-dir"},
      paramLabel = "DIR",
      defaultValue = "",
      description = "where to put the files (default: the current folder)")
  private Path folder;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = command.commandLine().getErr();
    try (OperatorClient operator = access.connect()) {
      Job job = operator.job(id);
      if (!job.state().isFinal()) {
        throw new CommandFailedException(
            "job " + id + " is " + JobTexts.state(job) + ": outputs are there once it has ended");
      }
      List<StoredFile> outputs =
          new Downloads(operator, new StatusLine(err, Terminal.isStderr())).fetch(job, folder);
      for (StoredFile output : outputs) {
        command.commandLine().getOut().println(folder.resolve(output.name().value()));
      }
      if (outputs.isEmpty()) {
        err.println("spindle: job " + id + " left no outputs");
      }
      return 0;
    }
  }
}
