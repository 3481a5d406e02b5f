// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A host and a port, written {@code HOST:PORT} or {@code [IPV6]:PORT}.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535; 0 takes any free one where something listens
 */
record HostPort(String host, int port) {
  private static final int HIGHEST_PORT = 65535;

  /** By numbers alone: a name that begins like this may be anybody's. */
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|::1|localhost");

  /**
   * @throws IllegalArgumentException naming the text and the form expected
   */
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty() || host.equals("[]") || (host.indexOf(':') >= 0 && !bracketed)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not HOST:PORT (an IPv6 address goes in brackets, as [::1]:8787)");
    }
    return new HostPort(
        bracketed ? host.substring(1, host.length() - 1) : host,
        port(text, text.substring(colon + 1)));
  }

  private static int port(String text, String port) {
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number <= HIGHEST_PORT) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new IllegalArgumentException(
        "'" + text + "': the port must be a number from 0 to " + HIGHEST_PORT);
  }

  /** Whether only this machine can reach it. */
  boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** Reads one from the command line. */
  static final class Converter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
