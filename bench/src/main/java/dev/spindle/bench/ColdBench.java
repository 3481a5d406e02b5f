// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From the start of a JVM to its first answer. */
final class ColdBench {
  private final Options options;

  ColdBench(Options options) {
    this.options = options;
  }

  void run() throws IOException {
    List<Double> millis = new ArrayList<>();
    try (Peer server = new Peer(command(EchoServer.class, Contestant.SPINDLE.word()))) {
      String port = server.line();
      for (int round = 0; round < 2 * options.rounds() + 1; round++) {
        long begin = System.nanoTime();
        try (Peer client = new Peer(command(FirstCall.class, port))) {
          client.line();
          millis.add((System.nanoTime() - begin) / 1e6);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "first answer of a cold JVM: %.0f ms (of %d starts: %.0f to %.0f)%n",
        Case.median(millis),
        millis.size(),
        millis.stream().min(Double::compare).orElseThrow(),
        millis.stream().max(Double::compare).orElseThrow());
  }

  private List<String> command(Class<?> main, String argument) {
    return List.of(
        options.java(), "-cp", System.getProperty("java.class.path"), main.getName(), argument);
  }
}
