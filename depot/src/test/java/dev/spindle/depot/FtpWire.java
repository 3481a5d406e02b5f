// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.Grant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FTP as it goes over the wire: a line out, a reply in, and data connections by hand. */
final class FtpWire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;
  private static final int EPSV_RETRIES = 10;
  private static final Pattern EPSV = Pattern.compile("229 .*\\(\\|\\|\\|(\\d+)\\|\\)");

  private final Socket control = new Socket();
  private final BufferedReader in;

  FtpWire(int port) throws IOException {
    this("127.0.0.1", port);
  }

  FtpWire(String host, int port) throws IOException {
    control.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
    control.setSoTimeout(TIMEOUT_MILLIS);
    in =
        new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Connects and logs in. */
  static FtpWire login(Grant grant) throws IOException {
    FtpWire wire = new FtpWire(grant.port());
    wire.expect("220");
    assertThat(wire.tryLogin(grant.user(), grant.password())).startsWith("230");
    return wire;
  }

  String tryLogin(String user, String password) throws IOException {
    say("USER " + user, "331");
    return say("PASS " + password);
  }

  void send(String line) throws IOException {
    sendRaw((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  void sendRaw(byte[] bytes) throws IOException {
    control.getOutputStream().write(bytes);
    control.getOutputStream().flush();
  }

  /** The next reply's last line; null at the end of the connection. */
  String reply() throws IOException {
    String line = in.readLine();
    while (line != null && !line.matches("\\d{3} .*")) {
      line = in.readLine();
    }
    return line;
  }

  String say(String line) throws IOException {
    send(line);
    return reply();
  }

  String say(String line, String expectedCode) throws IOException {
    String reply = say(line);
    assertThat(reply).as(line).startsWith(expectedCode);
    return reply;
  }

  String expect(String code) throws IOException {
    String reply = reply();
    assertThat(reply).startsWith(code);
    return reply;
  }

  /** Whether the server has closed the connection, without or after a last word. */
  boolean isClosed() throws IOException {
    try {
      String line = in.readLine();
      while (line != null) {
        line = in.readLine();
      }
      return true;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  /** A port, asked for again when none was free: a busy machine can keep a client waiting. */
  int epsv() throws IOException {
    String reply = say("EPSV");
    for (int again = 0; again < EPSV_RETRIES && reply.startsWith("425"); again++) {
      reply = say("EPSV");
    }
    Matcher port = EPSV.matcher(reply);
    assertThat(port.matches()).isTrue();
    return Integer.parseInt(port.group(1));
  }

  Socket data() throws IOException {
    return dataFrom("127.0.0.1", epsv());
  }

  Socket dataFrom(String localAddress, int port) throws IOException {
    Socket data = new Socket();
    data.setSoTimeout(TIMEOUT_MILLIS);
    data.bind(new InetSocketAddress(InetAddress.getByName(localAddress), 0));
    data.connect(new InetSocketAddress(control.getInetAddress(), port), TIMEOUT_MILLIS);
    return data;
  }

  /** STOR of some bytes, to the final reply. */
  String store(Grant grant, byte[] bytes) throws IOException {
    try (Socket data = data()) {
      String first = say("STOR " + grant.path());
      if (!first.startsWith("150")) {
        return first;
      }
      try (OutputStream out = data.getOutputStream()) {
        out.write(bytes);
      } catch (IOException e) {
        // The server stopped reading; its reply says why.
      }
      return reply();
    }
  }

  /** STOR that ends after some bytes; then the client is gone. */
  void storeAndVanish(Grant grant, byte[] bytes) throws IOException {
    try (this) {
      assertThat(store(grant, bytes)).startsWith("550");
    }
  }

  byte[] retrieve(Grant grant) throws IOException {
    try (Socket data = data()) {
      say("RETR " + grant.path(), "150");
      InputStream stream = data.getInputStream();
      byte[] bytes = stream.readAllBytes();
      expect("226");
      return bytes;
    }
  }

  Socket control() {
    return control;
  }

  @Override
  public void close() throws IOException {
    control.close();
  }
}
