// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library. Loading it takes a good part of the time that opening a store takes, and
 * Jdbi's classes the rest, so it is done beside them.
 */
final class Driver {
  private Driver() {}

  /** Begins to load the library; who connects before the end waits for it. */
  static void loadBeside() {
    var thread = new Thread(Driver::load, "spindle-store-load");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      // The one who connects tries again, and is told why.
    }
  }
}
