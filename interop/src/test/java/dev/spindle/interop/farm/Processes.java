// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code /proc} says of this machine's processes. */
final class Processes {
  private static final Path PROC = Path.of("/proc");
  private static final long OWN_PID = ProcessHandle.current().pid();

  private Processes() {}

  /** Whether it runs; one that is dead and not yet buried (a zombie) does not. */
  static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Processes other than this one that belong to a test: they carry a mark in their environment, or
   * work below a folder, which those do that have cleared their environment.
   */
  static List<Long> of(String mark, Path folder) {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::valueOf)
          .filter(pid -> pid != OWN_PID && isAlive(pid))
          .filter(pid -> environment(pid).contains(mark) || worksBelow(pid, folder))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String environment(long pid) {
    try {
      return Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean worksBelow(long pid, Path folder) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/cwd")).startsWith(folder);
    } catch (IOException e) {
      return false;
    }
  }

  /** Its command line, for messages. */
  static String commandLine(long pid) {
    try {
      String line = Files.readString(PROC.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1);
      return pid + ": " + line.replace('\0', ' ').strip();
    } catch (IOException e) {
      return pid + ": gone";
    }
  }

  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}
