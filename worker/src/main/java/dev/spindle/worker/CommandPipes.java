// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The two pipes of a command: our own where the system lets us make them, else Java's. */
final class CommandPipes implements Closeable {
  private final Optional<OutputPipe> stdout;
  private final Optional<OutputPipe> stderr;

  private CommandPipes(Optional<OutputPipe> stdout, Optional<OutputPipe> stderr) {
    this.stdout = stdout;
    this.stderr = stderr;
  }

  static CommandPipes open(Kernel kernel) throws IOException {
    Optional<OutputPipe> stdout = kernel.pipe();
    try {
      return new CommandPipes(stdout, kernel.pipe());
    } catch (IOException e) {
      if (stdout.isPresent()) {
        stdout.get().close();
      }
      throw e;
    }
  }

  static CommandPipes ofJava() {
    return new CommandPipes(Optional.empty(), Optional.empty());
  }

  void redirect(ProcessBuilder builder) {
    stdout.ifPresent(pipe -> builder.redirectOutput(pipe.file()));
    stderr.ifPresent(pipe -> builder.redirectError(pipe.file()));
  }

  /** To be called when the command has its ends, or never will. */
  void closeWriteEnds() {
    stdout.ifPresent(OutputPipe::closeWriteEnd);
    stderr.ifPresent(OutputPipe::closeWriteEnd);
  }

  InputStream stdout(Process process) {
    return stdout.map(OutputPipe::in).orElseGet(process::getInputStream);
  }

  InputStream stderr(Process process) {
    return stderr.map(OutputPipe::in).orElseGet(process::getErrorStream);
  }

  @Override
  public void close() throws IOException {
    if (stdout.isPresent()) {
      stdout.get().close();
    }
    if (stderr.isPresent()) {
      stderr.get().close();
    }
  }
}
