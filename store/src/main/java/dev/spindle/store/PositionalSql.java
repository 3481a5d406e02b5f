// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import org.jdbi.v3.core.statement.ParsedParameters;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Passes SQL through as it is, its parameters being question marks and nothing else.
 *
 * <p>Jdbi's own parser also knows named parameters, with a generated lexer of a hundred classes to
 * load: a noticeable part of the program's start.
 */
final class PositionalSql implements SqlParser {
  @Override
  public ParsedSql parse(String sql, StatementContext context) {
    int count = (int) sql.chars().filter(c -> c == '?').count();
    return ParsedSql.of(sql, ParsedParameters.positional(count));
  }

  @Override
  public String nameParameter(String rawName, StatementContext context) {
    throw new UnsupportedOperationException("parameters are positional here: " + rawName);
  }
}
