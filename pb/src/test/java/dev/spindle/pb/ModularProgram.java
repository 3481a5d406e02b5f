// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program on the module path, in a JVM of its own. Ends when its standard input does. */
final class ModularProgram implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;

  private ModularProgram(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * @param main {@code MODULE/CLASS}
   */
  static ModularProgram start(String modulePath, String main, String... args) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.addAll(List.of("-p", modulePath, "-m", main));
    command.addAll(List.of(args));
    return new ModularProgram(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /** The next line that it prints. */
  String nextLine() throws IOException {
    String line = out.readLine();
    assertThat(line).as("a line of a program that should say something").isNotNull();
    return line;
  }

  /** All that it prints, once it has ended well. */
  List<String> lines() throws InterruptedException {
    List<String> lines = out.lines().toList();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
    assertThat(process.exitValue()).isZero();
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
