// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.interop.conversations.Cell.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What both sides of a conversation said, as {@code conversations/NAME.txt} has it: the client's
 * lines and the server's, each after its heading. Where a server in one language is to do something
 * else than one in the other, a line of each begins with the letter of its language: {@code [J]},
 * {@code [T]}.
 */
record Transcript(List<String> client, List<String> server) {
  private static final String CLIENT = "client:\n";
  private static final String SERVER = "server:\n";

  /** What is to be said to a server in a language. */
  static Transcript expected(Feature feature, Language server) throws IOException {
    String name = "/conversations/" + feature.wireName() + ".txt";
    try (InputStream file =
        Objects.requireNonNull(Transcript.class.getResourceAsStream(name), name)) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      int half = text.indexOf(SERVER);
      return new Transcript(
          lines(text.substring(CLIENT.length(), half), server),
          lines(text.substring(half + SERVER.length()), server));
    }
  }

  private static List<String> lines(String text, Language server) {
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("[" + server.letter + "] ")) {
        lines.add(line.substring("[J] ".length()));
      } else if (!line.startsWith("[")) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** As it stands in a file. */
  @Override
  public String toString() {
    return CLIENT + indented(client) + SERVER + indented(server);
  }

  private static String indented(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }
}
