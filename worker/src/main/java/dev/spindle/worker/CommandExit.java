// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.time.Duration;
import java.util.List;

/**
 * How a command ended.
 *
 * @param status its exit status; 128 + n when signal n ended it; 127 and 126 when the program was
 *     not found or could not be executed, as shells have it
 * @param elapsed from its start to its own end
 * @param leftovers how many processes it had left behind, that were killed then
 * @param remarks what a reader of its output should know
 */
public record CommandExit(int status, Duration elapsed, int leftovers, List<String> remarks) {
  static final int NOT_FOUND = 127;
  static final int NOT_EXECUTABLE = 126;

  public CommandExit {
    remarks = List.copyOf(remarks);
  }
}
