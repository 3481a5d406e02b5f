// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.LogStream;
import java.io.IOException;

/** Takes what a command writes, as it comes. */
public interface CommandOutput {

  /**
   * Takes a piece of text; bytes that are not UTF-8 arrive as U+FFFD.
   *
   * <p>Thread: one for each stream. May block: the command is then slowed down by its full pipe,
   * and the time does not count as its silence.
   *
   * @throws IOException when the text cannot be kept; the stream is not read any further, and
   *     {@link CommandRun#await} throws it
   */
  void text(LogStream stream, String text) throws IOException, InterruptedException;
}
