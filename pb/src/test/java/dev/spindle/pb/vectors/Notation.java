// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.vectors;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expressions in the notation of the reference: {@code [message 1 root echo 1 [tuple u"hi"]
 * [dictionary]]}. A bare or quoted word is a byte string, {@code u"…"} text, a number an integer
 * or, with a point, a float.
 *
 * <p>What is shown has two abbreviations: text as above, and a failure as {@code !type: value}.
 */
public final class Notation {
  private static final Pattern ATOM = Pattern.compile("-?\\d+");

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:([\\[\\]])|(u?)\"([^\"]*)\"|([^\\s\\[\\]\"]+))");
  private static final ByteString UNICODE = ByteString.utf8("unicode");
  private static final ByteString FAILURE = ByteString.utf8("twisted.spread.pb.CopyableFailure");

  private static final int MAX_SHOWN_DEPTH = 50;

  private final Matcher tokens;

  private Notation(String text) {
    this.tokens = TOKEN.matcher(text);
  }

  public static BananaList read(String text) {
    Notation notation = new Notation(text);
    Object expression = notation.next();
    boolean rest = !text.substring(notation.tokens.end()).isBlank();
    if (rest || !(expression instanceof BananaList list)) {
      throw new IllegalArgumentException("not one list: " + text);
    }
    return list;
  }

  private @Nullable Object next() {
    if (!tokens.find()) {
      throw new IllegalArgumentException("unfinished list");
    }
    if (tokens.group(3) != null) {
      return tokens.group(2).isEmpty()
          ? ByteString.utf8(tokens.group(3))
          : BananaList.of(UNICODE, ByteString.utf8(tokens.group(3)));
    }
    if (tokens.group(4) != null) {
      return word(tokens.group(4));
    }
    return tokens.group(1).equals("[") ? list() : null;
  }

  private BananaList list() {
    List<Object> elements = new ArrayList<>();
    for (Object element = next(); element != null; element = next()) {
      elements.add(element);
    }
    return BananaList.of(elements.toArray());
  }

  private static Object word(String word) {
    if (ATOM.matcher(word).matches()) {
      return Long.parseLong(word);
    }
    return word.matches("-?\\d+\\.\\d+")
        ? (Object) Double.parseDouble(word)
        : ByteString.utf8(word);
  }

  public static String show(Object expression) {
    return show(expression, MAX_SHOWN_DEPTH);
  }

  private static String show(Object expression, int depth) {
    if (expression instanceof ByteString string) {
      return shown(string);
    }
    if (!(expression instanceof BananaList list)) {
      return String.valueOf(expression);
    }
    if (depth == 0) {
      return "[…]";
    }
    if (list.size() == 2 && list.get(0).equals(UNICODE) && list.get(1) instanceof ByteString text) {
      return "u\"" + text.utf8() + '"';
    }
    if (list.size() == 2 && list.get(0).equals(FAILURE)) {
      return "!" + state(list, "type") + ": " + state(list, "value");
    }
    StringBuilder text = new StringBuilder("[");
    for (Object element : list.asList()) {
      text.append(text.length() == 1 ? "" : " ").append(show(element, depth - 1));
    }
    return text.append(']').toString();
  }

  private static String shown(ByteString string) {
    String text = new String(string.toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
    if (text.matches("[a-zA-Z_][\\w.]*")) {
      return text;
    }
    return text.matches("[ -~]*")
        ? '"' + text + '"'
        : "0x" + HexFormat.of().formatHex(string.toByteArray());
  }

  /** The value of a key in a failure's state, without quotes. */
  private static String state(BananaList failure, String key) {
    Object name = BananaList.of(UNICODE, ByteString.utf8(key));
    for (Object pair : ((BananaList) failure.get(1)).asList()) {
      if (pair instanceof BananaList list && list.size() == 2 && list.get(0).equals(name)) {
        return show(list.get(1)).replaceAll("^u?\"|\"$", "");
      }
    }
    return "?";
  }
}
