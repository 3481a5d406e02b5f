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
    description = "Runs a worker: it takes jobs from a controller and carries them out here.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class WorkerCommand implements Runnable {
  @Option(
      names = "--controller",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "the controller's --pb address")
  private HostPort controller;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      converter = WorkerNameConverter.class,
      description = "the name that it was registered with (worker-add)")
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
      description = "where jobs run and files are kept (default: the user's data directory)")
  private @Nullable Path dir;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many jobs at once (default: 1)")
  private int slots;

  @Option(
      names = "--tag",
      paramLabel = "T",
      split = ",",
      description = "what it offers to jobs that ask for it; repeatable")
  private List<String> tags = List.of();

  @Option(
      names = ConfigDefaults.OPTION,
      paramLabel = "FILE",
      description = "a TOML file with these settings in its [worker] section")
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
