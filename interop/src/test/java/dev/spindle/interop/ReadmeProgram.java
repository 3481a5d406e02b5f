// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the README, run in a process of its own, as its reader would. */
final class ReadmeProgram implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final BufferedReader out;
  private final StderrTail stderr;

  private ReadmeProgram(List<String> command, String... args) throws IOException {
    process =
        new ProcessBuilder(Stream.concat(command.stream(), Arrays.stream(args)).toList()).start();
    out = process.inputReader(StandardCharsets.UTF_8);
    stderr = new StderrTail(process);
  }

  static ReadmeProgram java(String main, String... args) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    String type = "dev.spindle.interop.readme." + main;
    return new ReadmeProgram(
        List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, type), args);
  }

  static ReadmeProgram python(String script, String... args) throws IOException {
    return new ReadmeProgram(
        List.of(TwistedPeer.PYTHON, "-B", "src/test/python/readme/" + script), args);
  }

  /** The next line that it prints. */
  String nextLine() throws Exception {
    return CompletableFuture.supplyAsync(this::line).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private String line() {
    try {
      String line = out.readLine();
      if (line == null) {
        stderr.awaitEnd();
        throw new AssertionError("the program ended without a word; it said: " + stderr);
      }
      return line;
    } catch (IOException e) {
      throw new AssertionError("the program cannot be read; it said: " + stderr, e);
    }
  }

  /** All that it prints, once it has ended well. */
  String lines() throws Exception {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(
          (ended ? "the program failed with " + process.exitValue() : "the program did not end")
              + "; it said: "
              + stderr);
    }
    StringBuilder all = new StringBuilder();
    out.lines().forEach(line -> all.append(line).append('\n'));
    return all.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
