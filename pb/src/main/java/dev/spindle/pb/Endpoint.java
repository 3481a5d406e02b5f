// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.util.HashMap;
import java.util.Map;

/**
 * Where to listen or to connect, in Twisted's way of writing: {@code tcp:host=127.0.0.1:port=8787}.
 * A colon inside a value is written {@code \:}, as in {@code host=\:\:1}.
 */
public sealed interface Endpoint {

  /** The port that Perspective Broker uses when none is named. */
  int DEFAULT_PORT = 8787;

  /**
   * Reads an endpoint.
   *
   * @throws IllegalArgumentException naming the text and what was expected
   */
  static Endpoint parse(String text) {
    String[] parts = text.split("(?<!\\\\):");
    if (!parts[0].equals("tcp")) {
      throw new IllegalArgumentException(
          "endpoint '" + text + "': expected tcp:host=HOST:port=PORT");
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "endpoint '" + text + "': expected NAME=VALUE, found '" + parts[i] + "'");
      }
      values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1).replace("\\:", ":"));
    }
    String host = values.getOrDefault("host", "127.0.0.1");
    int port = port(text, values.getOrDefault("port", Integer.toString(DEFAULT_PORT)));
    values.keySet().removeAll(java.util.Set.of("host", "port"));
    if (!values.isEmpty()) {
      throw new IllegalArgumentException(
          "endpoint '" + text + "': tcp takes host and port, not " + values.keySet());
    }
    return new Tcp(host, port);
  }

  /** TCP to a host and port; a host may be any address, with or without colons. */
  static Endpoint tcp(String host, int port) {
    return new Tcp(host, port);
  }

  private static int port(String text, String port) {
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number <= 65535) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of range is.
    }
    throw new IllegalArgumentException(
        "endpoint '" + text + "': port '" + port + "' is not a number from 0 to 65535");
  }

  /** TCP on one port. */
  record Tcp(String host, int port) implements Endpoint {}
}
