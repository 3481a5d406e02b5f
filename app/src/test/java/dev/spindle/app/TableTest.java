// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestCellAndLinesEndWithoutBlanks() {
    Table table = new Table("ID", "STATE", "X");
    table.add("1", "succeeded", "");
    table.add("1000", "-", "y");
    assertThat(printed(table))
        .isEqualToNormalizingNewlines(
            """
            ID    STATE      X
            1     succeeded
            1000  -          y
            """);
  }

  @Test
  void withoutRowsThereIsTheHead() {
    assertThat(printed(new Table("A", "B"))).isEqualToNormalizingNewlines("A  B\n");
  }

  private static String printed(Table table) {
    StringWriter out = new StringWriter();
    table.print(new PrintWriter(out, true));
    return out.toString();
  }
}
