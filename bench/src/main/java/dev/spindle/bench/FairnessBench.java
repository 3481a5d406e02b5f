// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long a quiet connection waits for its answers beside one that floods, both on the
 * one event loop of a server in a process of its own.
 *
 * <p>A flood also keeps the machine busy, and whoever waits for a processor then waits for no fault
 * of the server. So the same flood, from this same process, goes to a second server in turn: what
 * the quiet connection waits longer beside the flood on its own server comes of the loop that they
 * share.
 */
final class FairnessBench {
  /** Calls per second of the quiet connection. */
  static final int RATE = 1000;

  private final Options options;

  FairnessBench(Options options) {
    this.options = options;
  }

  void run() throws IOException {
    List<String> command =
        List.of(
            options.java(),
            "-cp",
            System.getProperty("java.class.path"),
            EchoServer.class.getName(),
            Contestant.SPINDLE.word(),
            "1");
    try (Peer server = new Peer(command);
        Peer second = new Peer(command)) {
      int port = Integer.parseInt(server.line());
      try (SpindleEcho quiet = new SpindleEcho(port);
          SpindleEcho same = new SpindleEcho(port);
          SpindleEcho elsewhere = new SpindleEcho(Integer.parseInt(second.line()))) {
        measure(quiet, same, elsewhere);
      }
    }
  }

  private void measure(SpindleEcho quiet, SpindleEcho same, SpindleEcho elsewhere) {
    List<FairnessRow> rows = new ArrayList<>();
    for (Flood flood : Flood.values()) {
      new FairnessRow(flood).measure(quiet, same, elsewhere, options.warmUpMillis());
      rows.add(new FairnessRow(flood));
    }
    for (int round = 1; round <= options.rounds(); round++) {
      System.err.println("fairness: round " + round + " of " + options.rounds());
      for (FairnessRow row : rows) {
        row.measure(quiet, same, elsewhere, options.millis());
      }
    }
    System.out.println(FairnessRow.HEAD);
    for (FairnessRow row : rows) {
      System.out.println(row.line());
    }
  }
}
