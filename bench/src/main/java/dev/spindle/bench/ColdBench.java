// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From the start of a JVM to its first answer; and how much of it is the JVM's own, and a logger's,
 * which the user chooses.
 */
final class ColdBench {
  private final Options options;
  private final Map<ColdStart, List<Double>> millis = new EnumMap<>(ColdStart.class);

  ColdBench(Options options) {
    this.options = options;
    for (ColdStart each : ColdStart.values()) {
      millis.put(each, new ArrayList<>());
    }
  }

  void run() throws IOException, InterruptedException {
    Path room = Files.createTempDirectory("spindle-bench");
    try {
      run(room.resolve("classes.jsa"));
    } finally {
      Files.deleteIfExists(room.resolve("classes.jsa"));
      Files.delete(room);
    }
  }

  private void run(Path archive) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            options.java(),
            "-cp",
            System.getProperty("java.class.path"),
            EchoServer.class.getName(),
            Contestant.SPINDLE.word());
    try (Peer server = new Peer(command)) {
      String endpoint = "tcp:host=127.0.0.1:port=" + server.line();
      archive(ColdStart.archiving(options.java(), endpoint, archive));
      for (int round = 0; round < 2 * options.rounds() + 1; round++) {
        for (ColdStart each : ColdStart.values()) {
          millis.get(each).add(start(each.command(options.java(), endpoint, archive)));
        }
      }
    }
    print();
  }

  private static void archive(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("no archive of classes: " + said);
    }
  }

  private static double start(List<String> command) throws IOException {
    long begin = System.nanoTime();
    try (Peer client = new Peer(command)) {
      client.line();
      return (System.nanoTime() - begin) / 1e6;
    }
  }

  private void print() {
    System.out.println(
        "| a cold JVM: from its start to | median, ms | lowest | highest | starts |");
    System.out.println("|---|--:|--:|--:|--:|");
    millis.forEach(
        (start, each) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f | %d |%n",
                start.title,
                Case.median(each),
                Collections.min(each),
                Collections.max(each),
                each.size()));
  }
}
