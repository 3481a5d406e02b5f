// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.interop.Wiring;
import dev.spindle.interop.WrittenPage;
import dev.spindle.interop.conversations.Cell.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How each conversation came out, as a table: features down, pairs across. */
final class ConversationTable {
  private static final String BEGIN = "<!-- matrix: written by the tests -->\n";
  private static final String END = "<!-- end of matrix -->\n";

  private final Map<Cell, Boolean> outcomes = new HashMap<>();

  void failed(Cell cell) {
    outcomes.put(cell, false);
  }

  void passed(Cell cell) {
    outcomes.put(cell, true);
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("\n| feature |");
    for (Pair pair : Pair.values()) {
      text.append(' ').append(pair).append(" |");
    }
    text.append("\n|---").append("|:-:".repeat(Pair.values().length)).append("|\n");
    for (Feature feature : Feature.values()) {
      text.append("| ").append(feature.row()).append(" |");
      for (Pair pair : Pair.values()) {
        text.append(' ').append(transports(feature, pair)).append(" |");
      }
      text.append('\n');
    }
    return text.append('\n').toString();
  }

  private String transports(Feature feature, Pair pair) {
    List<String> all = new ArrayList<>();
    for (Wiring.Kind transport : Wiring.Kind.values()) {
      Boolean passed = outcomes.get(new Cell(feature, pair, transport));
      String name = transport.wireName();
      all.add(passed == null ? name + " not run" : passed ? name : "**✗ " + name + "**");
    }
    return String.join(" ", all);
  }

  /** Writes it into the page, in a run that is to write one. */
  void write() throws IOException {
    WrittenPage.replace(BEGIN, END, markdown());
  }
}
