// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

/** What a connection does that lets others no peace. */
enum Flood {
  TEN_TIMES("ten times the calls") {
    @Override
    double run(SpindleEcho echo, int millis) {
      return new Paced(echo, 10 * FairnessBench.RATE, millis).run();
    }
  },
  IN_FLIGHT("1,024 calls in flight") {
    @Override
    double run(SpindleEcho echo, int millis) {
      Flight.Landed landed = new Flight(echo, echo.formOf(Payload.INT), 1024, millis).run();
      return landed.calls() / landed.seconds();
    }
  },
  SENDS("calls without answers, as fast as it can") {
    @Override
    double run(SpindleEcho echo, int millis) {
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
  };

  final String title;

  Flood(String title) {
    this.title = title;
  }

  /** Floods for so long; tells how many calls per second it made. */
  abstract double run(SpindleEcho echo, int millis);
}
