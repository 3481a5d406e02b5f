// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code blocks of a page. Each stands under a comment that names its program and the part of it:
 * {@code <!-- listing: Callbacks.java#client -->}; what a program prints, under {@code <!-- output:
 * Callbacks -->}.
 */
final class Listings {
  private static final Pattern MARK = Pattern.compile("<!-- (listing|output): (\\S+) -->");
  private static final Path JAVA = Path.of("src/test/java/dev/spindle/interop/readme");
  private static final Path PYTHON = Path.of("src/test/python/readme");

  /** Built by a test of its own, from what is published. */
  private static final Path CONSUMER = Path.of("src/test");

  /** Started by a test of their own, since they have to be on a module path. */
  private static final Path MODULES = Path.of("../pb/src/test/modules");

  private Listings() {}

  /** The blocks by their names; fails on a block of code without one. */
  static Map<String, String> shownIn(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    if (!unmarked(lines).isEmpty()) {
      throw new AssertionError(
          page + ": code that no program stands behind, in lines " + unmarked(lines));
    }
    return blocks(lines, "listing");
  }

  static String outputShownIn(Path page, String program) throws IOException {
    String shown = blocks(Files.readAllLines(page), "output").get(program);
    if (shown == null) {
      throw new AssertionError(page + " does not show what " + program + " prints");
    }
    return shown;
  }

  private static Map<String, String> blocks(List<String> lines, String kind) {
    Map<String, String> blocks = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher mark = MARK.matcher(lines.get(i));
      if (mark.matches() && mark.group(1).equals(kind)) {
        int end = lines.subList(i + 2, lines.size()).indexOf("```") + i + 2;
        blocks.put(mark.group(2), String.join("\n", lines.subList(i + 2, end)) + "\n");
      }
    }
    return blocks;
  }

  /**
   * The numbers of the lines that begin a block without naming a program, whatever is in it:
   * between fences, or indented.
   */
  static List<Integer> unmarked(List<String> lines) {
    List<Integer> found = new ArrayList<>();
    boolean inside = false;
    for (int i = 0; i < lines.size(); i++) {
      String before = i == 0 ? "" : lines.get(i - 1);
      boolean fence = lines.get(i).strip().startsWith("```");
      boolean begins = fence && !inside;
      boolean indented = !inside && before.isBlank() && lines.get(i).startsWith("    ");
      if (indented || begins && !MARK.matcher(before).matches()) {
        found.add(i + 1);
      }
      inside ^= fence;
    }
    return found;
  }

  /** The names of the outputs that a page shows. */
  static Set<String> outputsShownIn(Path page) throws IOException {
    return blocks(Files.readAllLines(page), "output").keySet();
  }

  /** What the program has between the marks of a part, as far to the left as it goes. */
  static String expected(String name) throws IOException {
    String file = name.substring(0, name.indexOf('#'));
    String part = name.substring(name.indexOf('#') + 1);
    String comment = "// ";
    if (!file.endsWith(".java")) {
      comment = file.endsWith(".py") ? "# " : "<!-- ";
    }
    String commentEnd = file.endsWith(".xml") ? " -->\n" : "\n";
    String source = Files.readString(folderOf(file).resolve(file));
    String begin = comment + "[begin " + part + "]" + commentEnd;
    int from = source.indexOf(begin);
    int to = source.indexOf(comment + "[end " + part + "]");
    if (from < 0 || to < from) {
      throw new AssertionError(file + " has no part '" + part + "'");
    }
    return source
            .substring(from + begin.length(), source.lastIndexOf('\n', to) + 1)
            .stripTrailing()
            .stripIndent()
        + "\n";
  }

  private static Path folderOf(String file) {
    if (file.contains("/")) {
      return file.startsWith("consumer/") ? CONSUMER : MODULES;
    }
    return file.endsWith(".py") ? PYTHON : JAVA;
  }
}
