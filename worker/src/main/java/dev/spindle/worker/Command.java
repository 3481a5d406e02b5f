// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command to run.
 *
 * @param argv program and arguments; the program is looked up on the PATH of the environment given
 *     here, as a shell would
 * @param directory where it runs
 * @param environment its whole environment: nothing is inherited beside it
 * @param marker the value of {@value #MARKER_VARIABLE} in its environment, unlike that of any other
 *     run; processes that carry it belong to this run
 */
public record Command(
    List<String> argv, Path directory, Map<String, String> environment, String marker) {

  /** Names the run that a process belongs to. Cleared environments lose it; see ProcessTree. */
  public static final String MARKER_VARIABLE = "SPINDLE_MARKER";

  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("no command given: expected a program and its arguments");
    }
    if (marker.isEmpty()) {
      throw new IllegalArgumentException("a command needs a marker that is unlike any other's");
    }
  }

  /** The same with another program and arguments. */
  Command with(List<String> otherArgv) {
    return new Command(otherArgv, directory, environment, marker);
  }
}
