// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is asked a line and answers with one. */
final class Peer implements AutoCloseable {
  private final List<String> command;
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  Peer(List<String> command) throws IOException {
    this.command = command;
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.US_ASCII);
    questions = process.outputWriter(StandardCharsets.US_ASCII);
  }

  /** The number by which the system knows it. */
  long pid() {
    return process.pid();
  }

  /** The next line that it says. */
  String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(command + " ended; what it said is above");
    }
    return line;
  }

  String ask(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
    return line();
  }

  @Override
  public void close() throws IOException {
    questions.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
