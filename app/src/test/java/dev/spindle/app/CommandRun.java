// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command did, run in this process as from the shell.
 *
 * @param exit its exit status
 * @param out its stdout, with plain line ends
 * @param err its stderr, likewise
 */
record CommandRun(int exit, String out, String err) {
  static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Main.execute(
            Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)), args);
    return new CommandRun(exit, plain(out), plain(err));
  }

  private static String plain(StringWriter text) {
    return text.toString().replace("\r\n", "\n");
  }
}
