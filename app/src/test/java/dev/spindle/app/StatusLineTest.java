// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusLineTest {
  private static final String CLEAR = "\r\u001b[K";

  private final StringWriter err = new StringWriter();

  private StatusLine on(boolean terminal) {
    return new StatusLine(new PrintWriter(err), terminal);
  }

  @Test
  void eachTextTakesThePlaceOfTheOneBefore() {
    StatusLine line = on(true);
    line.show("reading a");
    line.show("reading b");
    assertThat(err).hasToString(CLEAR + "reading a" + CLEAR + "reading b");
  }

  @Test
  void clearTakesAwayWhatIsShown() {
    StatusLine line = on(true);
    line.show("x");
    line.clear();
    line.clear();
    assertThat(err).hasToString(CLEAR + "x" + CLEAR);
  }

  @Test
  void offATerminalNothingIsSaid() {
    StatusLine line = on(false);
    line.show("x");
    line.progress("sending a", 10, 10);
    line.clear();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theEndOfAProgressIsShownHoweverSoonItComes() {
    StatusLine line = on(true);
    line.progress("sending a", 0, 4);
    line.progress("sending a", 1, 4);
    line.progress("sending a", 4, 4);
    assertThat(err.toString()).contains("  0 %", "100 %").doesNotContain(" 25 %");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2048, 'f [..............................]   0 % of 2.0 KiB'",
    "1024, 2048, 'f [###############...............]  50 % of 2.0 KiB'",
    "2047, 2048, 'f [#############################.]  99 % of 2.0 KiB'",
    "2048, 2048, 'f [##############################] 100 % of 2.0 KiB'",
    "0, 0, 'f [##############################] 100 % of 0 B'"
  })
  void aBarIsFullOnlyAtTheEnd(long done, long total, String bar) {
    assertThat(StatusLine.bar("f", done, total)).isEqualTo(bar);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048576, 1.0 MiB",
    "5368709120, 5.0 GiB",
    "1099511627776, 1.0 TiB",
    "1125899906842624, 1024.0 TiB"
  })
  void sizesAreInBinaryUnits(long bytes, String text) {
    assertThat(StatusLine.size(bytes)).isEqualTo(text);
  }
}
