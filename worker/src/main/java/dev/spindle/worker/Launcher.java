// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Puts small programs before a command, each of which changes one thing about its own process and
 * then becomes the next: {@code setsid} makes it the leader of a new session and group, {@code
 * choom} sets its mark. Together they cost about 1.2 ms.
 *
 * <p>Where {@code choom} is missing a shell sets the mark; some shells drop environment variables
 * whose names are not identifiers. Where {@code setsid} is missing the command stays in this JVM's
 * group, and signals go to its processes one by one.
 */
final class Launcher {
  private static final String SET_MARK =
      "{ echo \"$1\" >/proc/self/oom_score_adj; } 2>/dev/null; shift; exec \"$@\"";

  private static final String TELL_FAULT = "printf '%s\\n' \"$1\" >&2; exit \"$2\"";

  private final Optional<String> setsid;
  private final Optional<String> choom;

  Launcher(Optional<String> setsid, Optional<String> choom) {
    this.setsid = setsid;
    this.choom = choom;
  }

  static Launcher ofThisSystem() {
    return new Launcher(program("setsid"), program("choom"));
  }

  private static Optional<String> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/bin", "/bin"))
        .filter(dir -> dir.startsWith("/"))
        .map(dir -> new File(dir, name))
        .filter(File::canExecute)
        .map(File::getPath)
        .findFirst();
  }

  /** Whether commands lead a process group of their own. */
  boolean ownGroup() {
    return setsid.isPresent();
  }

  List<String> argv(Command command, OptionalInt mark) {
    var argv = new ArrayList<String>();
    setsid.ifPresent(argv::add);
    mark.ifPresent(m -> argv.addAll(marking(Integer.toString(m))));
    argv.addAll(command.argv());
    return argv;
  }

  private List<String> marking(String mark) {
    return choom
        .map(program -> List.of(program, "-n", mark, "--"))
        .orElse(List.of("/bin/sh", "-c", SET_MARK, "sh", mark));
  }

  /** The command, or one in its place that tells why there is no such program, and ends so. */
  private static Command startable(Command command) {
    return ProgramLookup.fault(command).map(fault -> command.with(telling(fault))).orElse(command);
  }

  private static List<String> telling(ProgramLookup.Fault fault) {
    return List.of(
        "/bin/sh", "-c", TELL_FAULT, "sh", fault.text(), Integer.toString(fault.status()));
  }

  /**
   * Starts a command with its input at its end and its output in the pipes. A program that is not
   * found, or is no program, is a process that says so and ends with status 127 or 126.
   *
   * @throws IOException when the directory is missing, the arguments are too long, or the system
   *     has no room for a process
   */
  Process start(Command command, OptionalInt mark, CommandPipes pipes) throws IOException {
    var builder =
        new ProcessBuilder(argv(startable(command), mark)).directory(command.directory().toFile());
    builder.redirectInput(new File("/dev/null"));
    pipes.redirect(builder);
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    builder.environment().put(Command.MARKER_VARIABLE, command.marker());
    try {
      return builder.start();
    } finally {
      pipes.closeWriteEnds();
    }
  }
}
