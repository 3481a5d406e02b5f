// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The string form of an endpoint: {@code kind:name=value:name=value}. */
final class EndpointText {
  private static final Set<String> KINDS = Set.of("tcp", "tls", "unix");

  private static final String FORMS =
      "tcp:host=HOST:port=PORT, tls:host=HOST:port=PORT:cert=FILE:key=FILE:trust=FILE or"
          + " unix:path=FILE";

  private static final String COLONS = ": in a value, write colons as \\:";

  private final String text;
  private final String kind;
  private final Map<String, String> values = new LinkedHashMap<>();

  private EndpointText(String text) {
    this.text = text;
    List<String> parts = split(text);
    kind = parts.get(0);
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "endpoint '"
              + text
              + "': "
              + (kind.equals("ssl") ? "ssl: is called tls: here, " : "")
              + "expected "
              + FORMS);
    }
    for (String part : parts.subList(1, parts.size())) {
      add(part);
    }
  }

  static Endpoint read(String text) {
    return new EndpointText(text).endpoint();
  }

  private Endpoint endpoint() {
    try {
      return switch (kind) {
        case "tcp" -> tcp();
        case "tls" -> tls();
        default -> unix();
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("endpoint '" + text + "': " + e.getMessage(), e);
    }
  }

  private Endpoint tcp() {
    allow("host", "port");
    return Endpoint.tcp(host(), port());
  }

  private Endpoint tls() {
    allow("host", "port", "cert", "key", "trust", "name");
    return new Endpoint.Tls(
        host(), port(), path("cert"), path("key"), path("trust"), values.get("name"));
  }

  private Endpoint unix() {
    allow("path", "mode");
    Path path = path("path");
    if (path == null) {
      throw new IllegalArgumentException("unix needs a path, as unix:path=/run/farm.sock");
    }
    return new Endpoint.Unix(path, mode());
  }

  private void allow(String... names) {
    List<String> unknown = new ArrayList<>(values.keySet());
    unknown.removeAll(Set.of(names));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          kind + " takes " + String.join(", ", names) + ", not " + unknown);
    }
  }

  private String host() {
    return values.getOrDefault("host", "127.0.0.1");
  }

  private int port() {
    String port = values.getOrDefault("port", Integer.toString(Endpoint.DEFAULT_PORT));
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("port '" + port + "' is not a number from 0 to 65535", e);
    }
  }

  private int mode() {
    String mode = values.get("mode");
    try {
      return mode == null ? Endpoint.Unix.OWNER_ONLY : Integer.parseInt(mode, 8);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "mode '" + mode + "' is not an octal number such as 660", e);
    }
  }

  private @Nullable Path path(String name) {
    String value = values.get(name);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + " '" + value + "' is no path", e);
    }
  }

  /** A value without a name is a path where there may be one: {@code unix:/run/farm.sock}. */
  private void add(String part) {
    int equals = unquoted(part, '=');
    boolean bare = equals < 0 && kind.equals("unix") && values.isEmpty();
    if (equals < 1 && !bare) {
      throw new IllegalArgumentException(
          "endpoint '" + text + "': expected NAME=VALUE, found '" + part + "'" + mend(part));
    }
    String name = bare ? "path" : unquote(part.substring(0, equals));
    String value = unquote(part.substring(equals + 1));
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "endpoint '"
              + text
              + "': "
              + name
              + " has no value"
              + (text.contains(part + ":") ? COLONS : ""));
    }
    if (values.put(name, value) != null) {
      throw new IllegalArgumentException("endpoint '" + text + "': " + name + " is given twice");
    }
  }

  /** What was meant by a part without a name. */
  private String mend(String part) {
    if (values.isEmpty() && !part.isEmpty() && part.chars().allMatch(Character::isDigit)) {
      return ": Twisted's short form, write " + kind + ":port=" + part;
    }
    return values.isEmpty() ? "" : COLONS;
  }

  // ---- quoting ----

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    for (int colon = unquoted(rest, ':'); colon >= 0; colon = unquoted(rest, ':')) {
      parts.add(rest.substring(0, colon));
      rest = rest.substring(colon + 1);
    }
    parts.add(rest);
    return parts;
  }

  /** Where a character first stands without a backslash before it, or -1. */
  private static int unquoted(String text, char wanted) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static String unquote(String text) {
    // Few have any, and the first regular expression costs a JVM that just started milliseconds.
    return text.indexOf('\\') < 0 ? text : text.replaceAll("\\\\(.)", "$1");
  }

  /** Writes an endpoint from names and values; what is null is left out. */
  static String write(String kind, @Nullable Object... namesAndValues) {
    StringBuilder text = new StringBuilder(kind);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      if (value != null) {
        text.append(':').append(namesAndValues[i]).append('=').append(quote(value.toString()));
      }
    }
    return text.toString();
  }

  private static String quote(String value) {
    return value.replace("\\", "\\\\").replace(":", "\\:");
  }
}
