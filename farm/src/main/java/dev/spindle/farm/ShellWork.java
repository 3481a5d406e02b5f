// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;
import java.util.Map;

/**
 * Runs one command in a fresh working directory.
 *
 * @param command program and arguments, as the operating system takes them; no shell reads them
 * @param environment added to the worker's own environment
 */
public record ShellWork(List<String> command, Map<String, String> environment) implements Work {
  public static final String KIND = "shell";

  public ShellWork {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty() || command.get(0).isEmpty()) {
      throw new IllegalArgumentException("no command given: expected a program and its arguments");
    }
    command.forEach(ShellWork::refuseNul);
    environment.forEach(
        (name, value) -> {
          refuseNul(name);
          refuseNul(value);
          if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                "'" + Texts.shown(name) + "' cannot name an environment variable");
          }
        });
  }

  private static void refuseNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "'" + Texts.shown(text) + "' has a NUL character, which no command line can carry");
    }
  }

  @Override
  public String kind() {
    return KIND;
  }
}
