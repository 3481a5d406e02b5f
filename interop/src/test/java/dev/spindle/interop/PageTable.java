// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * A table of a page that a test writes, between {@code <!-- table: NAME -->} and {@code <!-- end of
 * table -->}.
 */
final class PageTable {
  private static final String END = "<!-- end of table -->\n";

  private final Path page;
  private final String begin;
  private final StringBuilder rows = new StringBuilder();

  PageTable(Path page, String name, String... columns) {
    this.page = page;
    this.begin = "<!-- table: " + name + " -->\n";
    row(columns);
    row(Collections.nCopies(columns.length, "---").toArray(String[]::new));
  }

  void row(String... cells) {
    rows.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A cell of code. */
  static String code(String text) {
    return "`" + text + "`";
  }

  String expected() {
    return "\n" + rows + "\n";
  }

  /** What the page has in its place. */
  String shown() throws IOException {
    List<String> parts = parts();
    return parts.get(1);
  }

  void write() throws IOException {
    List<String> parts = parts();
    Files.writeString(page, parts.get(0) + expected() + parts.get(2));
  }

  private List<String> parts() throws IOException {
    String text = Files.readString(page);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(END, from);
    if (from < begin.length() || to < 0) {
      throw new IOException(page + " has no place for the table: no '" + begin.strip() + "'");
    }
    return List.of(text.substring(0, from), text.substring(from, to), text.substring(to));
  }
}
