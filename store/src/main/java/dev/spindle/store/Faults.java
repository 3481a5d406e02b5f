// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * Says in the farm's words what went wrong with the database.
 *
 * <p>Of SQL's exceptions only the driver's is kept as the cause: it tells columns, never values.
 */
final class Faults {
  /** SQLite's primary result codes are the low byte of its extended ones. */
  private static final int PRIMARY = 0xff;

  private final Path file;

  Faults(Path file) {
    this.file = file;
  }

  /**
   * Translates.
   *
   * @param what what was being written or read, for people
   */
  FarmException of(String what, Throwable failure) {
    if (failure instanceof FarmException farm) {
      return farm;
    }
    String where = what + " in " + file + ": ";
    SQLException sql = sql(failure);
    if (sql == null) {
      return new FarmException(Code.UNAVAILABLE, where + failure.getMessage(), failure);
    }
    return new FarmException(code(sql), where + text(sql), sql);
  }

  /** A change that cannot be stored, whatever the state of the database. */
  FarmException refused(String what, RuntimeException failure) {
    SQLException sql = sql(failure);
    Throwable cause = sql == null ? failure : sql;
    return new FarmException(
        Code.INVALID, what + " cannot be stored in " + file + ": " + cause.getMessage(), cause);
  }

  /** Too much was asked of the store at once. */
  FarmException busy(String what) {
    return new FarmException(Code.BUSY, file + ": " + what + ", try again later");
  }

  /** The store is closed. */
  FarmException closed() {
    return new FarmException(Code.UNAVAILABLE, file + " is closed: the controller is ending");
  }

  /**
   * Whether a change is at fault and not the database, so that others may still be written in the
   * same transaction.
   */
  static boolean isOfOneChange(RuntimeException failure) {
    SQLException sql = sql(failure);
    return sql == null || code(sql) == Code.INVALID;
  }

  private static Code code(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_FULL -> Code.DISK_FULL;
      case SQLITE_BUSY, SQLITE_LOCKED -> Code.BUSY;
      case SQLITE_CONSTRAINT, SQLITE_TOOBIG -> Code.INVALID;
      default -> Code.UNAVAILABLE;
    };
  }

  private static String text(SQLException e) {
    return switch (primary(e)) {
      case SQLITE_FULL -> "the disk is full; nothing of it was written: free some space";
      case SQLITE_BUSY, SQLITE_LOCKED -> "another program keeps the file locked: end that program";
      case SQLITE_NOTADB -> "this is not a database: name another file, or move this one away";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static SQLiteErrorCode primary(SQLException e) {
    return SQLiteErrorCode.getErrorCode(e.getErrorCode() & PRIMARY);
  }

  private static @Nullable SQLException sql(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
