// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbServer;
import java.nio.file.Path;

/**
 * Another transport than TCP. Over TLS both sides have certificates; {@code transports.py} makes
 * them.
 *
 * @param folder where certificates and sockets are
 */
record Wiring(Kind kind, Path folder) {
  enum Kind {
    TLS,
    UNIX;

    String wireName() {
      return this == TLS ? "tls" : "unix";
    }
  }

  /** What a command of the peer takes before the place. */
  Object[] arguments(Object... others) {
    Object[] all = new Object[others.length + 2];
    all[0] = kind.wireName();
    all[1] = folder.toString();
    System.arraycopy(others, 0, all, 2, others.length);
    return all;
  }

  Endpoint listening() {
    return kind == Kind.UNIX
        ? Endpoint.unix(folder.resolve("java.sock"))
        : Endpoint.tls("127.0.0.1", 0)
            .identity(file("localhost.cert.pem"), file("localhost.key.pem"))
            .trust(file("authority.cert.pem"));
  }

  /** What a Twisted peer connects to. */
  Object place(PbServer server) {
    return kind == Kind.UNIX
        ? folder.resolve("java.sock").toString()
        : (Object) server.address().getPort();
  }

  /** Where a Twisted peer listens. */
  Endpoint dialing(JsonNode place) {
    return kind == Kind.UNIX
        ? Endpoint.unix(Path.of(place.asText()))
        : Endpoint.tls("127.0.0.1", place.asInt())
            .identity(file("worker.cert.pem"), file("worker.key.pem"))
            .trust(file("authority.cert.pem"))
            .name("localhost");
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
