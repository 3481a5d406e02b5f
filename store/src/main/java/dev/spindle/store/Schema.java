// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.FarmException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;

/**
 * The versions of the database's schema: version <i>n</i> is what the scripts {@code schema/1.sql}
 * to {@code schema/n.sql} make of an empty file. A script is never changed once released.
 *
 * <p>The version is kept in SQLite's own {@code user_version}, and {@code application_id} tells a
 * Spindle database from any other.
 */
final class Schema {
  /** The version that this program reads and writes. */
  static final int VERSION = 1;

  /** "SPDL" in ASCII. */
  static final int APPLICATION_ID = 0x5350444c;

  private final Path file;

  Schema(Path file) {
    this.file = file;
  }

  /**
   * Refuses a database that is not ours or is newer than this program; changes nothing.
   *
   * @throws FarmException saying which of them it is
   */
  void check(Handle handle) {
    int application = number(handle, "PRAGMA application_id");
    int version = number(handle, "PRAGMA user_version");
    boolean empty = version == 0 && number(handle, "SELECT count(*) FROM sqlite_schema") == 0;
    if (application != APPLICATION_ID && !(application == 0 && empty)) {
      throw refused("is a database of another program: expected one of Spindle, or no file");
    }
    if (version > VERSION) {
      throw refused(
          "has schema version "
              + version
              + " and this program knows up to "
              + VERSION
              + ": use the newer Spindle that wrote it");
    }
  }

  /** Runs the scripts that are missing, each in a transaction of its own. */
  void bringUpToDate(Handle handle) {
    for (int next = number(handle, "PRAGMA user_version") + 1; next <= VERSION; next++) {
      handle.execute("BEGIN IMMEDIATE");
      try {
        runScript(handle, script(next));
        handle.execute("PRAGMA application_id = " + APPLICATION_ID);
        handle.execute("PRAGMA user_version = " + next);
        handle.execute("COMMIT");
      } catch (RuntimeException e) {
        Rollback.after(e, handle);
        throw e;
      }
    }
  }

  /** Through JDBC's plain statement: a prepared one would run only the first of a script. */
  private static void runScript(Handle handle, String script) {
    try (Statement statement = handle.getConnection().createStatement()) {
      statement.executeUpdate(script);
    } catch (SQLException e) {
      throw new IllegalStateException("the schema could not be made", e);
    }
  }

  private static String script(int version) {
    String name = "schema/" + version + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this program lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("this program cannot read its resource " + name, e);
    }
  }

  private static int number(Handle handle, String sql) {
    return handle.select(sql).map((row, c) -> row.getInt(1)).one();
  }

  private FarmException refused(String why) {
    return new FarmException(FarmException.Code.UNAVAILABLE, file + " " + why);
  }
}
