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
 * <p>Of an exception's causes only the driver's is kept: it tells columns, never values.
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
    SQLException sql = sql(failure);
    if (sql == null) {
      return new FarmException(
          Code.UNAVAILABLE, what + " in " + file + ": " + failure.getMessage(), failure);
    }
    Code code = code(sql);
    return new FarmException(code, what + " in " + file + ": " + text(code, sql), sql);
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
    int primary = e.getErrorCode() & PRIMARY;
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return Code.DISK_FULL;
    }
    if (primary == SQLiteErrorCode.SQLITE_BUSY.code
        || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return Code.BUSY;
    }
    if (primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code
        || primary == SQLiteErrorCode.SQLITE_TOOBIG.code) {
      return Code.INVALID;
    }
    return Code.UNAVAILABLE;
  }

  private static String text(Code code, SQLException e) {
    return switch (code) {
      case DISK_FULL -> "the disk is full; nothing of this was written: free some space";
      case BUSY -> "another program keeps the database locked: end it";
      default -> String.valueOf(e.getMessage());
    };
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
