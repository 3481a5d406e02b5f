// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbServer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A transport. Over TLS both sides have certificates; {@code transports.py} makes them.
 *
 * @param folder where certificates and sockets are
 */
public record Wiring(Kind kind, Path folder) {
  public enum Kind {
    TCP,
    TLS,
    UNIX;

    /**
     * What the scenarios of this run go over: {@code -Dspindle.interop.transport}, or TCP.
     *
     * @throws IllegalArgumentException when there is no such transport
     */
    static Kind ofRun() {
      String name = System.getProperty("spindle.interop.transport", TCP.wireName());
      return valueOf(name.toUpperCase(Locale.ROOT));
    }

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Over TCP, for which no files are needed. */
  static Wiring tcp() {
    return new Wiring(Kind.TCP, Path.of(""));
  }

  /** What a command of the peer takes: the transport, then what else it needs. */
  Object[] arguments(Object... others) {
    Object[] all = new Object[others.length + 2];
    all[0] = kind.wireName();
    all[1] = folder.toString();
    System.arraycopy(others, 0, all, 2, others.length);
    return all;
  }

  /**
   * Where nobody listens yet.
   *
   * @param socket a name for a Unix socket
   */
  public String anyPlace(String socket) {
    return kind == Kind.UNIX ? folder.resolve(socket).toString() : "0";
  }

  /** What a server at a place listens on. */
  public Endpoint listening(String place) {
    return switch (kind) {
      case UNIX -> Endpoint.unix(Path.of(place));
      case TCP -> Endpoint.tcp("127.0.0.1", Integer.parseInt(place));
      case TLS ->
          Endpoint.tls("127.0.0.1", Integer.parseInt(place))
              .identity(file("localhost.cert.pem"), file("localhost.key.pem"))
              .trust(file("authority.cert.pem"));
    };
  }

  /** Where a server is: its port or its socket. */
  public String place(PbServer server) {
    return server.endpoint() instanceof Endpoint.Unix unix
        ? unix.path().toString()
        : Integer.toString(server.address().getPort());
  }

  /** What a client of a server at a place connects to. */
  public Endpoint dialing(String place) {
    return switch (kind) {
      case UNIX -> Endpoint.unix(Path.of(place));
      case TCP -> Endpoint.tcp("127.0.0.1", Integer.parseInt(place));
      case TLS ->
          Endpoint.tls("127.0.0.1", Integer.parseInt(place))
              .identity(file("worker.cert.pem"), file("worker.key.pem"))
              .trust(file("authority.cert.pem"))
              .name("localhost");
    };
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
