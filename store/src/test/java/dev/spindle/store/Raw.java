// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another program's connection to the database, past the store. */
final class Raw implements AutoCloseable {
  private final Connection connection;

  private Raw(Connection connection) {
    this.connection = connection;
  }

  static Raw at(Path file) throws SQLException {
    return new Raw(DriverManager.getConnection("jdbc:sqlite:" + file));
  }

  /** Keeps every writer waiting until it is closed. */
  static Raw locking(Path file) throws SQLException {
    Raw raw = at(file);
    raw.run("BEGIN IMMEDIATE");
    return raw;
  }

  /** Runs one statement or a script. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Each row as its columns' values between bars. */
  List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        var row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : " | ").append(shown(result.getObject(i)));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static String shown(@Nullable Object value) {
    return value instanceof byte[] blob
        ? "x'" + HexFormat.of().formatHex(blob) + "'"
        : String.valueOf(value);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
