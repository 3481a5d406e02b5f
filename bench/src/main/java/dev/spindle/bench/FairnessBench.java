// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how long a quiet connection waits for its answers beside one that floods, both on the
 * one event loop of a server in a process of its own.
 */
final class FairnessBench {
  /** Calls per second of the quiet connection. */
  private static final int RATE = 1000;

  /** What the other connection does meanwhile. */
  private enum Beside {
    NOBODY("nobody", 0),
    TEN_TIMES("ten times the calls", 10 * RATE),
    IN_FLIGHT("1,024 calls in flight", 0),
    SENDS("calls without answers, as fast as it can", 0);

    final String title;
    final int rate;

    Beside(String title, int rate) {
      this.title = title;
      this.rate = rate;
    }
  }

  private final Options options;
  private final Map<Beside, List<Double>> medians = new EnumMap<>(Beside.class);
  private final Map<Beside, List<Double>> p99s = new EnumMap<>(Beside.class);
  private final Map<Beside, List<Double>> floods = new EnumMap<>(Beside.class);

  FairnessBench(Options options) {
    this.options = options;
    for (Beside each : Beside.values()) {
      medians.put(each, new ArrayList<>());
      p99s.put(each, new ArrayList<>());
      floods.put(each, new ArrayList<>());
    }
  }

  void run() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            options.java(),
            "-cp",
            System.getProperty("java.class.path"),
            EchoServer.class.getName(),
            Contestant.SPINDLE.word(),
            "1");
    try (Peer server = new Peer(command)) {
      int port = Integer.parseInt(server.line());
      try (SpindleEcho quiet = new SpindleEcho(port);
          SpindleEcho flood = new SpindleEcho(port)) {
        measure(quiet, flood);
      }
    }
    print();
  }

  private void measure(SpindleEcho quiet, SpindleEcho flood) throws InterruptedException {
    for (Beside beside : Beside.values()) {
      measure(quiet, flood, beside, options.warmUpMillis());
    }
    medians.values().forEach(List::clear);
    p99s.values().forEach(List::clear);
    floods.values().forEach(List::clear);
    for (int round = 1; round <= options.rounds(); round++) {
      System.err.println("fairness: round " + round + " of " + options.rounds());
      for (Beside beside : Beside.values()) {
        measure(quiet, flood, beside, options.millis());
      }
    }
  }

  private void measure(SpindleEcho quiet, SpindleEcho flood, Beside beside, int millis)
      throws InterruptedException {
    Paced measured = new Paced(quiet, RATE, millis);
    Flooding other = new Flooding(flood, beside, millis);
    other.start();
    measured.run();
    floods.get(beside).add(other.end());
    medians.get(beside).add(measured.micros(0.5));
    p99s.get(beside).add(measured.micros(0.99));
  }

  private void print() {
    System.out.println("| beside | its calls/s | median, µs | p99, µs | p99, times alone |");
    System.out.println("|---|--:|--:|--:|--:|");
    double alone = Case.median(p99s.get(Beside.NOBODY));
    for (Beside beside : Beside.values()) {
      double p99 = Case.median(p99s.get(beside));
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f | %,.0f | %.2f |%n",
          beside.title,
          Case.median(floods.get(beside)),
          Case.median(medians.get(beside)),
          p99,
          p99 / alone);
    }
  }

  /** The other connection, on a thread of its own while it is paced. */
  private static final class Flooding {
    private final SpindleEcho echo;
    private final Beside beside;
    private final int millis;
    private final Thread thread = new Thread(this::flood, "flood");
    private double rate;

    Flooding(SpindleEcho echo, Beside beside, int millis) {
      this.echo = echo;
      this.beside = beside;
      this.millis = millis;
    }

    void start() {
      thread.start();
    }

    double end() throws InterruptedException {
      thread.join();
      return rate;
    }

    private void flood() {
      switch (beside) {
        case NOBODY -> rate = 0;
        case TEN_TIMES -> rate = new Paced(echo, beside.rate, millis).run();
        case IN_FLIGHT -> rate = inFlight();
        case SENDS -> rate = sends();
      }
    }

    private double inFlight() {
      Flight.Landed landed = new Flight(echo, echo.formOf(Payload.INT), 1024, millis).run();
      return landed.calls() / landed.seconds();
    }

    private double sends() {
      Object form = echo.formOf(Payload.INT);
      long begin = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - begin < millis * 1_000_000L) {
        for (int i = 0; i < 1000; i++) {
          echo.send(form);
        }
        count += 1000;
        echo.awaitWritable();
      }
      new Flight(echo, form, 1, 0).run(); // All before it has been carried out then.
      return count / ((System.nanoTime() - begin) / 1e9);
    }
  }
}
