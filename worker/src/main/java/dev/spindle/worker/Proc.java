// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.util.Optional;

/**
 * One process, as a line of {@code /proc/PID/stat} has it.
 *
 * @param pid its number
 * @param parent its parent's number
 * @param group its process group, -1 when unknown
 * @param session its session, -1 when unknown
 * @param state the kernel's letter: Z is a zombie
 * @param start clock ticks after boot: with the pid it tells a process from a later one
 */
record Proc(int pid, int parent, int group, int session, char state, long start) {
  // Fields behind the closing parenthesis of the name, which may itself hold spaces and ')'.
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int GROUP = 2;
  private static final int SESSION = 3;
  private static final int START = 19;

  static Optional<Proc> parse(int pid, String stat) {
    int name = stat.lastIndexOf(')');
    // The fields behind START are many and of no use: they stay together.
    String[] fields =
        name < 0 || name + 2 > stat.length()
            ? new String[0]
            : stat.substring(name + 2).split(" ", START + 2);
    if (fields.length < START + 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Proc(
            pid,
            Integer.parseInt(fields[PARENT]),
            Integer.parseInt(fields[GROUP]),
            Integer.parseInt(fields[SESSION]),
            fields[STATE].charAt(0),
            Long.parseLong(fields[START])));
  }

  boolean isZombie() {
    return state == 'Z';
  }

  Identity identity() {
    return new Identity(pid, start);
  }

  /** Tells a process from another that got its number later. */
  record Identity(int pid, long start) {}
}
