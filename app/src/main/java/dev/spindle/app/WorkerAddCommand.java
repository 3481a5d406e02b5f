// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.JobStore;
import dev.spindle.farm.RegisteredWorker;
import dev.spindle.farm.StoreChange;
import dev.spindle.farm.WorkerName;
import dev.spindle.hbqueue.HbQueueListener;
import dev.spindle.operator.OperatorClient;
import dev.spindle.pb.cred.Md5;
import dev.spindle.store.SqliteJobStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Registers a worker. The secret is made here and stays here: the controller gets its digest. */
@Command(
    name = "worker-add",
    header = "Registers a worker and writes its secret to a new file.",
    description = {
      "The file has mode 0600. Copy it to the worker's machine and name it there with",
      "--secret-file. The controller keeps a digest alone. A name that is registered",
      "already gets the new secret, and the old one no longer works."
    },
    footerHeading = "%nExample:%n",
    footer = {"  spindle worker-add w1", "  scp w1.secret w1.example.org:"},
    sortOptions = false)
final class WorkerAddCommand implements Runnable {
  @Spec private CommandSpec command;

  @Mixin private ControllerAccess access;

  @Parameters(
      paramLabel = "NAME",
      converter = WorkerCommand.WorkerNameConverter.class,
      description = "the worker's name: letters, digits, '.', '-' and '_'")
  private WorkerName name;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description =
          "the file to write, which must not exist (default: NAME.secret in the current folder)")
  private @Nullable Path secretFile;

  @Override
  public void run() {
    Path file = secretFile == null ? Path.of(name + ".secret") : secretFile;
    String secret = Secrets.random();
    Secrets.write(file, secret);
    boolean registered = false;
    try {
      register(HexFormat.of().formatHex(Md5.ofSecret(secret)));
      registered = true;
    } finally {
      if (!registered) {
        // Nobody knows this secret: left behind, it would only be in the way of the next try.
        file.toFile().delete();
      }
    }
    command
        .commandLine()
        .getOut()
        .println("registered worker '" + name + "'; its secret is in " + file);
  }

  private void register(String digest) {
    if (!access.isElsewhere() && access.directory().published().isEmpty()) {
      registerInStore(digest);
      return;
    }
    try (OperatorClient operator = access.connect()) {
      operator.addWorker(name, HbQueueListener.WIRE, digest);
    }
  }

  /** Without a controller that runs, straight into what it will read when it starts. */
  private void registerInStore(String digest) {
    DataDirectory directory = access.directory();
    directory.create();
    try (JobStore store = SqliteJobStore.at(directory.database())) {
      store.open();
      RegisteredWorker worker =
          new RegisteredWorker(name, HbQueueListener.WIRE, digest, Instant.now());
      store.commit(List.of(new StoreChange.PutWorker(worker))).toCompletableFuture().join();
    }
  }
}
