// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which a command finds its controller. */
final class ControllerAccess {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the data directory of a controller on this machine%n(default: ~/.local/share/spindle)")
  private @Nullable Path data;

  @Option(
      names = "--controller",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "a controller elsewhere (its --pb); needs --login-file")
  private @Nullable HostPort controller;

  @Option(
      names = "--login-file",
      paramLabel = "FILE",
      description =
          "a copy of the operator.secret in that controller's data directory, with mode 0600")
  private @Nullable Path loginFile;

  DataDirectory directory() {
    return data == null ? DataDirectory.ofUser() : new DataDirectory(data);
  }

  boolean isElsewhere() {
    return controller != null;
  }

  /**
   * Connects and logs in.
   *
   * @throws CommandFailedException when no controller is to be found there
   */
  OperatorClient connect() {
    HostPort where = controller;
    if (where != null) {
      if (loginFile == null) {
        throw new ParameterException(command.commandLine(), "--controller needs --login-file FILE");
      }
      return connect(where, loginFile);
    }
    DataDirectory here = directory();
    return connect(
        here.published()
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "no controller runs with the data directory "
                            + here.path()
                            + ": start one with 'spindle controller', or name another with --data"
                            + " or --controller")),
        loginFile == null ? here.operatorSecret() : loginFile);
  }

  private static OperatorClient connect(HostPort where, Path secretFile) {
    String secret = Secrets.read(secretFile);
    try {
      return OperatorClient.connect(where.host(), where.port(), secret);
    } catch (IOException e) {
      throw new CommandFailedException(
          "no controller answers at " + where + " (" + Failure.textOf(e) + "): is it running?", e);
    }
  }
}
