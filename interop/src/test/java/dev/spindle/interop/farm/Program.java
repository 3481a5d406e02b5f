// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * One process of a test, whose streams go to files: nothing blocks when it writes much, and
 * everything is there to be read when it has been killed.
 */
final class Program {
  private static final long PATIENCE_SECONDS = 60;

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private Program(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a command.
   *
   * @param name for failures; the files are called after it
   * @param environment added to the tests' own
   * @param logs where the files with its streams go
   */
  static Program start(
      String name, Path directory, Map<String, String> environment, Path logs, List<String> command)
      throws IOException {
    Path out = Files.createTempFile(logs, name + "-", ".out");
    Path err = Files.createTempFile(logs, name + "-", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPINDLE_"));
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    return new Program(name, process, out, err);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has written this to stderr; fails at once when it ends without. */
  void awaitErr(String text) {
    Awaitility.await(name + " says '" + text + "'").until(() -> err().contains(text) || !isAlive());
    if (!err().contains(text)) {
      throw new AssertionError(name + " ended without saying '" + text + "':\n" + err());
    }
  }

  /** Waits until it has written this to stdout. */
  void awaitOut(String text) {
    Awaitility.await(name + " prints '" + text + "'").until(() -> out().contains(text));
  }

  /** Ends it as {@code kill -9} does, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    end();
  }

  /** Asks it to end, as {@code kill} does, and waits until it has. */
  Ended terminate() {
    process.destroy();
    return end();
  }

  /** Waits for its end. */
  Ended end() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(name + " has not ended after " + PATIENCE_SECONDS + " s");
      }
      return new Ended(process.exitValue(), out(), err());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  /** All that is known of it, for a test that failed. */
  String report() {
    String state = isAlive() ? "running" : "exit " + process.exitValue();
    return "--- %s (%d), %s%n%s%s".formatted(name, pid(), state, indented(out), indented(err));
  }

  private static String indented(Path file) {
    String kind = file.toString().endsWith(".out") ? "  out| " : "  err| ";
    List<String> lines = read(file).lines().toList();
    int from = Math.max(0, lines.size() - 100);
    StringBuilder text = new StringBuilder();
    lines.subList(from, lines.size()).forEach(line -> text.append(kind).append(line).append('\n'));
    return text.toString();
  }
}
