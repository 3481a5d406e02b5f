// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks a command's program up as execvp(3) does, before anything is started: what would fail is
 * told in words that name the program, rather than by whichever launching program met it.
 */
final class ProgramLookup {
  /** Where the C library looks when there is no PATH. */
  private static final String DEFAULT_PATH = "/bin:/usr/bin";

  private ProgramLookup() {}

  /**
   * Why a program cannot be started.
   *
   * @param status what the command ends with: {@link CommandExit#NOT_FOUND} or {@link
   *     CommandExit#NOT_EXECUTABLE}
   * @param text the line for its standard error
   */
  record Fault(int status, String text) {}

  /** Empty when the program is there and may be executed, as far as can be told beforehand. */
  static Optional<Fault> fault(Command command) {
    String name = command.argv().get(0);
    List<Path> found = candidates(name, command).filter(Files::exists).toList();
    if (found.isEmpty()) {
      String what = name.contains("/") ? "no such file" : "no such program";
      return Optional.of(new Fault(CommandExit.NOT_FOUND, name + ": " + what));
    }
    return found.stream().anyMatch(ProgramLookup::isProgram)
        ? Optional.empty()
        : Optional.of(new Fault(CommandExit.NOT_EXECUTABLE, name + ": not an executable file"));
  }

  private static Stream<Path> candidates(String name, Command command) {
    if (name.isEmpty()) {
      return Stream.empty();
    }
    if (name.contains("/")) {
      return Stream.of(command.directory().resolve(name));
    }
    String path = command.environment().getOrDefault("PATH", DEFAULT_PATH);
    return Stream.of(path.split(":", -1))
        .map(dir -> command.directory().resolve(dir).resolve(name));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
