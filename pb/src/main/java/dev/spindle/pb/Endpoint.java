// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen or to connect: built in code, or read from one string as Twisted writes it.
 *
 * <pre>{@code
 * tcp:host=127.0.0.1:port=8787
 * tls:host=farm.example:port=8787:cert=me.pem:key=me.key:trust=ca.pem
 * unix:path=/run/farm.sock:mode=660
 * }</pre>
 *
 * <p>In a value, a colon and a backslash are written with a backslash before them: {@code
 * host=\:\:1}. {@link Object#toString} gives the string back; it names files and holds no secret.
 */
public sealed interface Endpoint {

  /** The port that Perspective Broker uses when none is named. */
  int DEFAULT_PORT = 8787;

  /**
   * Reads an endpoint.
   *
   * @throws IllegalArgumentException naming the text, what is wrong with it and the mend
   */
  static Endpoint parse(String text) {
    return EndpointText.read(text);
  }

  /** TCP to a host and port; a host may be any address, with or without colons. */
  static Tcp tcp(String host, int port) {
    return new Tcp(host, port);
  }

  /**
   * TLS over TCP. A server needs {@link Tls#identity}; with {@link Tls#trust} it requires a
   * certificate of its clients. A client trusts the JDK's authorities or those of {@link
   * Tls#trust}, and shows its {@link Tls#identity} when it has one.
   */
  static Tls tls(String host, int port) {
    return new Tls(host, port, null, null, null, null);
  }

  /** A socket in the file system, which its owner alone may use unless {@link Unix#mode} says. */
  static Unix unix(Path path) {
    return new Unix(path, Unix.OWNER_ONLY);
  }

  /** A place of its own in this JVM, without sockets: for tests. The name is for messages. */
  static InProcess inProcess(String name) {
    return new InProcess(name);
  }

  /** TCP on one port. */
  record Tcp(String host, int port) implements Endpoint {
    public Tcp {
      requirePort(port);
    }

    @Override
    public String toString() {
      return EndpointText.write("tcp", "host", host, "port", port);
    }
  }

  /**
   * TLS on one TCP port. All files are PEM and are read again when they have changed.
   *
   * @param cert the own certificate, followed by those between it and its authority
   * @param key the key of {@code cert}: PKCS #8, not encrypted
   * @param trust the authorities that the other side's certificate must come from
   * @param name whom the server's certificate must name, as a client; null for {@code host}
   */
  record Tls(
      String host,
      int port,
      @Nullable Path cert,
      @Nullable Path key,
      @Nullable Path trust,
      @Nullable String name)
      implements Endpoint {
    public Tls {
      requirePort(port);
      if ((cert == null) != (key == null)) {
        throw new IllegalArgumentException(
            "cert and key belong together: found only " + (cert == null ? "key" : "cert"));
      }
    }

    /** With an own certificate and its key; one file may hold both. */
    public Tls identity(Path certificate, Path itsKey) {
      return new Tls(host, port, certificate, itsKey, trust, name);
    }

    /** With the authorities that the other side's certificate must come from. */
    public Tls trust(Path authorities) {
      return new Tls(host, port, cert, key, authorities, name);
    }

    /** With another name than the host's for the server's certificate to have. */
    public Tls name(String expected) {
      return new Tls(host, port, cert, key, trust, expected);
    }

    @Override
    public String toString() {
      return EndpointText.write(
          "tls", "host", host, "port", port, "cert", cert, "key", key, "trust", trust, "name",
          name);
    }
  }

  /**
   * A Unix socket.
   *
   * @param mode the permissions that a server gives it, such as {@code 0660}
   */
  record Unix(Path path, int mode) implements Endpoint {
    /** What a server gives its socket unless told. */
    public static final int OWNER_ONLY = 0600;

    public Unix {
      if (mode < 0 || mode > 0777) {
        throw new IllegalArgumentException(
            "mode 0" + Integer.toOctalString(mode) + ": expected 0 to 0777");
      }
    }

    /** With other permissions for a server to give it. */
    public Unix mode(int permissions) {
      return new Unix(path, permissions);
    }

    @Override
    public String toString() {
      String octal = mode == OWNER_ONLY ? null : Integer.toOctalString(mode);
      return EndpointText.write("unix", "path", path, "mode", octal);
    }
  }

  /** A place in this JVM: client and server have to be given the same object. */
  final class InProcess implements Endpoint {
    private final String name;

    private InProcess(String name) {
      this.name = name;
    }

    public String name() {
      return name;
    }

    @Override
    public String toString() {
      return "in-process " + name;
    }
  }

  private static void requirePort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port '" + port + "' is not a number from 0 to 65535");
    }
  }
}
