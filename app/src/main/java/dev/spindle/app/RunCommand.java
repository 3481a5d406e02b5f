// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.depot.DepotAddress;
import dev.spindle.farm.ControllerSettings;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Job;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerName;
import dev.spindle.hbqueue.HbQueueListener;
import dev.spindle.hbqueue.HbWorkerSettings;
import dev.spindle.operator.OperatorClient;
import dev.spindle.pb.cred.Md5;
import dev.spindle.worker.Worker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs one job in a whole farm of its own, which is gone afterwards. */
@Command(
    name = "run",
    customSynopsis = "spindle run [OPTIONS] -- COMMAND [ARGUMENT...]",
    header = "Runs one job on this machine, in a farm of its own.",
    description = {
      "Starts a controller and a worker that talk over loopback, runs the command in",
      "an empty folder with the inputs in it, puts the outputs into the current",
      "folder, and leaves nothing else behind. The command's output is printed as it",
      "comes."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "1:the farm could not be started, or an output not be fetched",
      "2:the command line was wrong",
      "125:the job could not be carried out; stderr says why",
      "130:the job was cancelled",
      "other:the command's own; 127 when there is no such program"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  spindle run --input big.log --output big.log.gz -- gzip -k big.log",
      "  spindle run --input src --output 'src/*.o' --max-time 600 -- make -C src"
    },
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  private static final WorkerName WORKER = new WorkerName("local");
  private static final String WORKER_FOLDER = "worker";

  @Spec private CommandSpec command;

  @Mixin private JobOptions options;

  private final CompletableFuture<Void> stop = new CompletableFuture<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var inputs = InputFiles.of(options.inputs());
    // Done only when the farm is down and its folder gone: then nothing of the job is left.
    Termination termination = Termination.onSignal(() -> stop.complete(null));
    try (TemporaryFolder folder =
        TemporaryFolder.create(
            UserFolders.cache().resolve("spindle"),
            left -> Worker.endPreviousLife(left.resolve(WORKER_FOLDER)))) {
      return inFarm(folder.path(), inputs);
    } finally {
      termination.done();
    }
  }

  private int inFarm(Path folder, Map<FileName, Path> inputs)
      throws IOException, InterruptedException {
    String operatorSecret = Secrets.random();
    String workerSecret = Secrets.random();
    ControllerSetup setup =
        new ControllerSetup(
            new DataDirectory(folder),
            new HostPort("127.0.0.1", 0),
            DepotAddress.LOOPBACK,
            ControllerSettings.DEFAULT_LEASE);
    try (RunningController controller = RunningController.start(setup, operatorSecret)) {
      controller.register(
          new RegisteredWorker(
              WORKER,
              HbQueueListener.WIRE,
              HexFormat.of().formatHex(Md5.ofSecret(workerSecret)),
              Instant.now()));
      HostPort pb = controller.pb();
      HbWorkerSettings connection =
          HbWorkerSettings.of(
              pb.host(), pb.port(), WORKER, workerSecret, BuildInfo.read().version());
      try (RunningWorker worker =
              RunningWorker.start(folder.resolve(WORKER_FOLDER), 1, options.tags(), connection);
          OperatorClient operator = OperatorClient.connect(pb.host(), pb.port(), operatorSecret)) {
        return runJob(operator, inputs);
      }
    }
  }

  private int runJob(OperatorClient operator, Map<FileName, Path> inputs)
      throws IOException, InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    StatusLine status = new StatusLine(err, Terminal.isStderr());
    Job job = operator.submit(options.spec(new Uploads(operator, status).send(inputs)));
    stop.thenRun(() -> operator.cancel(job.id(), "interrupted")); // At once, if told before.
    Job ended = new JobFollower(operator, new LogPrinter(out, err), status).follow(job.id());
    for (StoredFile output : new Downloads(operator, status).fetch(ended, Path.of(""))) {
      err.println("spindle: " + output.name() + ", " + StatusLine.size(output.size()));
    }
    return JobExit.of(ended, err);
  }
}
