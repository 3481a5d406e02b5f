// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;

/** What one FTP command does. Replies itself, or refuses. */
@FunctionalInterface
interface Verb {
  /**
   * Runs on a thread of its own connection and may block.
   *
   * @param argument what followed the verb; empty without
   * @throws Refusal to answer with an error
   * @throws IOException when this machine fails; the client is told of a local error
   */
  void run(ControlConnection connection, String argument)
      throws Refusal, IOException, InterruptedException;
}
