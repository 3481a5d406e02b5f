// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@link Kernel} by the {@code kill} program, for machines that have no native code here. */
final class KillProgram implements Kernel {

  @Override
  public void send(int signal, Collection<Integer> pids) {
    if (!pids.isEmpty()) {
      kill(signal, pids.stream().map(String::valueOf).toList());
    }
  }

  @Override
  public void sendToGroup(int signal, int group) {
    kill(signal, List.of("-" + group));
  }

  @Override
  public boolean adoptOrphans() {
    return false;
  }

  @Override
  public void reap(int pid) {
    // Nothing is adopted, so there is nothing to reap.
  }

  @Override
  public Optional<OutputPipe> pipe() {
    return Optional.empty();
  }

  private static void kill(int signal, List<String> targets) {
    var argv = new ArrayList<>(List.of("kill", "-" + name(signal), "--"));
    argv.addAll(targets);
    try {
      // Its complaints about processes that are gone are of no use; the caller looks again anyway.
      new ProcessBuilder(argv)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("the 'kill' program is needed here and cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String name(int signal) {
    return switch (signal) {
      case KILL -> "KILL";
      case TERM -> "TERM";
      case CONT -> "CONT";
      case STOP -> "STOP";
      default -> throw new IllegalArgumentException("signal " + signal + " has no use here");
    };
  }
}
