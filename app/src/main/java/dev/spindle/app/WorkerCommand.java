// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.WorkerName;
import dev.spindle.hbqueue.HbWorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Runs a worker until it is told to end. */
@Command(
    name = "worker",
    customSynopsis = {
      "spindle worker --controller HOST:PORT --name NAME --secret-file FILE",
      "                     [OPTIONS]"
    },
    header = "Runs a worker: it takes jobs from a controller and carries them out here.",
    description = {
      "Ends on SIGTERM or SIGINT: jobs that run are killed, with all their processes,",
      "and go to other workers. While the controller is out of reach they go on, and",
      "the worker connects again."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {"  spindle worker --controller farm:8787 --name w1 --secret-file w1.secret"})
final class WorkerCommand implements Runnable {
  @Option(
      names = "--controller",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "where the controller listens (its --pb)")
  private HostPort controller;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      converter = WorkerNameConverter.class,
      description = "the name that worker-add registered")
  private WorkerName name;

  @Option(
      names = "--secret-file",
      required = true,
      paramLabel = "FILE",
      description = "the file that worker-add wrote, with mode 0600")
  private Path secretFile;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "where jobs run and files are kept, up to 10 GiB%n(default: ~/.local/share/spindle-worker-NAME)")
  private @Nullable Path dir;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many jobs at once, 1 to 1024 (default: 1)")
  private int slots;

  @Option(
      names = "--tag",
      paramLabel = "T",
      split = ",",
      description =
          "a word for what this machine offers to jobs that ask for it; repeatable (default: none)")
  private List<String> tags = List.of();

  @Option(
      names = ConfigDefaults.OPTION,
      paramLabel = "FILE",
      description = "a TOML file with these options in its [worker] section; arguments win")
  private @Nullable Path config;

  @Override
  public void run() {
    HbWorkerSettings connection =
        HbWorkerSettings.of(
            controller.host(),
            controller.port(),
            name,
            Secrets.read(secretFile),
            BuildInfo.read().version());
    Path home = dir == null ? UserFolders.data().resolve("spindle-worker-" + name) : dir;
    CompletableFuture<Void> stop = new CompletableFuture<>();
    Termination termination = Termination.onSignal(() -> stop.complete(null));
    try (RunningWorker worker = RunningWorker.start(home, slots, Set.copyOf(tags), connection)) {
      CompletableFuture.anyOf(stop, worker.ended()).join();
    } catch (IOException e) {
      throw new CommandFailedException(Failure.textOf(e), e);
    } catch (CompletionException e) {
      throw new CommandFailedException(Failure.textOf(e.getCause()), e);
    } finally {
      termination.done();
    }
  }

  /** Reads a worker's name. */
  static final class WorkerNameConverter implements ITypeConverter<WorkerName> {
    @Override
    public WorkerName convert(String text) {
      try {
        return new WorkerName(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
