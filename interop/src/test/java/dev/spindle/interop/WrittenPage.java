// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that tests write their tables into: that of {@code -Dspindle.interop.table=FILE}. */
public final class WrittenPage {
  private WrittenPage() {}

  /**
   * Replaces what stands between two marks. Does nothing in a run that is to write no page.
   *
   * @throws IOException when the page has no such marks
   */
  public static void replace(String begin, String end, String text) throws IOException {
    String file = System.getProperty("spindle.interop.table");
    if (file == null) {
      return;
    }
    Path path = Path.of(file);
    String page = Files.readString(path);
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(file + " has no place for the table: no '" + begin.strip() + "'");
    }
    Files.writeString(path, page.substring(0, from + begin.length()) + text + page.substring(to));
  }
}
