// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** The system calls about processes that Java does not have. */
interface Kernel {
  int KILL = 9;
  int TERM = 15;

  /** Linux' numbers of these two are used nowhere else: other systems are told by name. */
  int CONT = 18;

  int STOP = 19;

  /** Sends a signal to each; those that are gone are passed over. */
  void send(int signal, Collection<Integer> pids);

  /** Sends a signal to every process of a group; nothing happens when there is none. */
  void sendToGroup(int signal, int group);

  /**
   * Makes orphaned descendants of this JVM its children, instead of the init process's.
   *
   * @return whether the system can
   */
  boolean adoptOrphans();

  /**
   * Takes the exit status of a dead adopted child, so that its entry goes. Must never name a
   * process that Java started: Java would miss its end.
   */
  void reap(int pid);

  /**
   * Makes a pipe for a command's output; empty where that cannot be done.
   *
   * @throws IOException when there are too many open files
   */
  Optional<OutputPipe> pipe() throws IOException;
}
