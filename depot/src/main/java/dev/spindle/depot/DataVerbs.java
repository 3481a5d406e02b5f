// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PASV, EPSV, PORT, EPRT and ABOR: how a data connection comes about, and how it goes. */
final class DataVerbs {
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;
  private static final int LAST_PORT = 65535;

  private static final Pattern PORT_FORM =
      Pattern.compile("(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3})");

  /** {@code |1|132.235.1.2|6275|} or {@code |2|1080::8:800:200C:417A|5282|}, any delimiter. */
  private static final Pattern EPRT_FORM =
      Pattern.compile("([!-~])([12])\\1([0-9a-fA-F.:]{2,45})\\1(\\d{1,5})\\1");

  private final String advertisedHost;

  /**
   * @param advertisedHost for PASV; empty for the address that the client reached
   */
  DataVerbs(String advertisedHost) {
    this.advertisedHost = advertisedHost;
  }

  void pasv(ControlConnection connection, String argument)
      throws Refusal, IOException, InterruptedException {
    checkNotOnlyEpsv(connection);
    InetAddress shown =
        advertisedHost.isEmpty() ? connection.local() : InetAddress.getByName(advertisedHost);
    if (!(shown instanceof Inet4Address)) {
      throw new Refusal(425, "PASV cannot tell an IPv6 address: use EPSV");
    }
    int port = listen(connection);
    connection.reply(
        227,
        "Entering Passive Mode ("
            + shown.getHostAddress().replace('.', ',')
            + ","
            + (port >> 8)
            + ","
            + (port & 0xff)
            + ")");
  }

  void epsv(ControlConnection connection, String argument)
      throws Refusal, IOException, InterruptedException {
    if (argument.equalsIgnoreCase("ALL")) {
      connection.demandEpsv();
      connection.reply(200, "EPSV only, from now on");
      return;
    }
    String family = connection.local() instanceof Inet4Address ? "1" : "2";
    if (!argument.isEmpty() && !argument.equals(family)) {
      throw new Refusal(522, "Network protocol not supported, use (" + family + ")");
    }
    int port = listen(connection);
    connection.reply(229, "Entering Extended Passive Mode (|||" + port + "|)");
  }

  void port(ControlConnection connection, String argument) throws Refusal, IOException {
    checkNotOnlyEpsv(connection);
    Matcher form = PORT_FORM.matcher(argument);
    if (!form.matches()) {
      throw new Refusal(501, "PORT needs h1,h2,h3,h4,p1,p2");
    }
    byte[] host = new byte[4];
    for (int i = 0; i < host.length; i++) {
      host[i] = (byte) byteOf(form.group(i + 1));
    }
    int port = byteOf(form.group(5)) << 8 | byteOf(form.group(6));
    aim(connection, InetAddress.getByAddress(host), port);
  }

  void eprt(ControlConnection connection, String argument) throws Refusal {
    checkNotOnlyEpsv(connection);
    Matcher form = EPRT_FORM.matcher(argument);
    if (!form.matches()) {
      throw new Refusal(501, "EPRT needs |1|IPv4 address|port| or |2|IPv6 address|port|");
    }
    aim(connection, address(form.group(3)), Integer.parseInt(form.group(4)));
  }

  void abor(ControlConnection connection, String argument) {
    connection.data().settle();
    connection.reply(226, "Aborted");
  }

  private static int listen(ControlConnection connection)
      throws Refusal, IOException, InterruptedException {
    Optional<Integer> port = connection.data().await();
    if (port.isEmpty()) {
      throw new Refusal(425, "No passive port is free: try again");
    }
    return port.get();
  }

  /** Only to the client itself: a depot is nobody's way to other machines. */
  private static void aim(ControlConnection connection, InetAddress host, int port) throws Refusal {
    if (!host.equals(connection.peer())) {
      throw new Refusal(504, "Data connections go to your own address only");
    }
    if (port < FIRST_UNPRIVILEGED_PORT || port > LAST_PORT) {
      throw new Refusal(
          504, "Port " + port + ": expected " + FIRST_UNPRIVILEGED_PORT + " to " + LAST_PORT);
    }
    connection.data().aim(new InetSocketAddress(host, port));
    connection.reply(200, "Will connect there");
  }

  private static void checkNotOnlyEpsv(ControlConnection connection) throws Refusal {
    if (connection.onlyEpsv()) {
      throw new Refusal(503, "You said EPSV ALL");
    }
  }

  private static int byteOf(String digits) throws Refusal {
    int value = Integer.parseInt(digits);
    if (value > 0xff) {
      throw new Refusal(501, digits + " is not a byte");
    }
    return value;
  }

  /** Digits, dots and colons alone: nothing is ever looked up. */
  private static InetAddress address(String literal) throws Refusal {
    try {
      return InetAddress.getByName(literal);
    } catch (IOException e) {
      throw new Refusal(501, "EPRT needs an address of numbers");
    }
  }
}
