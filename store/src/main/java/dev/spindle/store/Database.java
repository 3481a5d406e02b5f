// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.FarmException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.sqlite.SQLiteDataSource;

/**
 * An open database file: one connection that writes and one that reads.
 *
 * <p>There is no pool: each connection belongs to one thread for as long as the file is open.
 */
final class Database implements AutoCloseable {
  /** How long a statement waits for another program, such as a backup, that locks the file. */
  private static final int BUSY_MILLIS = 5_000;

  private final Faults faults;
  private final Handle writing;
  private final Handle reading;

  private Database(Faults faults, Handle writing, Handle reading) {
    this.faults = faults;
    this.writing = writing;
    this.reading = reading;
  }

  /**
   * Opens the file, creates it when it is not there, and brings its schema up to date.
   *
   * @param pragmas more settings of the writing connection
   * @throws FarmException when it is not a database that this program can use; it is then left as
   *     it was
   */
  static Database open(Path file, List<String> pragmas) {
    Faults faults = new Faults(file);
    Driver.loadBeside();
    try {
      OwnerOnly.create(file);
      Jdbi jdbi = jdbi(file);
      Handle writing = connect(jdbi);
      try {
        prepare(writing, file, pragmas);
        return new Database(faults, writing, reading(jdbi));
      } catch (RuntimeException e) {
        writing.close();
        throw e;
      }
    } catch (RuntimeException | IOException e) {
      throw faults.of("the database", e);
    }
  }

  private static Jdbi jdbi(Path file) {
    var source = new SQLiteDataSource();
    // As a URI, since a plain path may not hold a question mark.
    source.setUrl("jdbc:sqlite:" + file.toUri());
    Jdbi jdbi = Jdbi.create(source);
    // Jdbi's messages otherwise tell the arguments, and with them the secrets' digests.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    jdbi.getConfig(SqlStatements.class)
        .setSqlParser(new PositionalSql())
        .setTemplateEngine(TemplateEngine.NOP);
    return jdbi;
  }

  private static Handle connect(Jdbi jdbi) {
    Handle handle = jdbi.open();
    handle.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
    return handle;
  }

  private static void prepare(Handle writing, Path file, List<String> pragmas) {
    Schema schema = new Schema(file);
    schema.check(writing);
    String journal =
        writing.select("PRAGMA journal_mode = WAL").map((row, c) -> row.getString(1)).one();
    if (!journal.equals("wal")) {
      throw new FarmException(
          FarmException.Code.UNAVAILABLE,
          file
              + " cannot have a write-ahead log (its journal is '"
              + journal
              + "'): keep it on a local disk");
    }
    // An acknowledged commit must survive a power cut; macOS needs to be asked twice.
    writing.execute("PRAGMA synchronous = FULL");
    writing.execute("PRAGMA fullfsync = ON");
    writing.execute("PRAGMA foreign_keys = ON");
    schema.bringUpToDate(writing);
    pragmas.forEach(pragma -> writing.execute("PRAGMA " + pragma));
  }

  private static Handle reading(Jdbi jdbi) {
    Handle handle = connect(jdbi);
    handle.execute("PRAGMA query_only = ON");
    return handle;
  }

  Faults faults() {
    return faults;
  }

  Handle writing() {
    return writing;
  }

  Handle reading() {
    return reading;
  }

  /** The last connection to close, the writing one, moves the write-ahead log into the file. */
  @Override
  public void close() {
    reading.close();
    writing.close();
  }
}
