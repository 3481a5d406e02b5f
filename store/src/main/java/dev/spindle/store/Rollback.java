// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Ends a transaction that failed.
 *
 * <p>SQLite rolls back by itself after some errors, a full disk among them, and refuses the second
 * time; whichever it was, no transaction is open afterwards.
 */
final class Rollback {
  private Rollback() {}

  static void after(Throwable failure, Handle handle) {
    try {
      handle.execute("ROLLBACK");
    } catch (JdbiException e) {
      failure.addSuppressed(e);
    }
  }
}
