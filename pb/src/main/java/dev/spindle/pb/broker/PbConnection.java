// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection, seen from our side. Thread: any. */
public interface PbConnection extends AutoCloseable {

  /**
   * The key of SLF4J's MDC under which the other side's address stands while what arrived is
   * carried out, blocking methods included, and while the connection's own messages are logged.
   */
  String MDC_PEER = "pb.peer";

  /** The other side's root object. Named, not counted: it need not be closed. */
  RemoteReference root();

  /**
   * An object that the other side publishes under a name, beside its root ({@link Services}).
   * Whether there is one shows when it is called. Named, not counted: it need not be closed.
   */
  RemoteReference service(String name);

  SocketAddress remoteAddress();

  SocketAddress localAddress();

  /**
   * Whether nobody else can read along: over TLS, a Unix socket, in-process or by loopback. Known
   * from the moment the connection stands.
   */
  boolean isSecure();

  /**
   * What the other side proved to own over TLS: its own certificate first, then those between it
   * and its authority. Empty without TLS, and for clients of a server that asks for none.
   */
  List<X509Certificate> peerCertificates();

  /**
   * Tells once when the connection has ended, with the reason; at once if it has. Called on the
   * connection's thread: must not block.
   */
  void onDisconnect(Consumer<ConnectionLostException> listener);

  /**
   * Completes when the other side has read what was sent, but for what the buffers between take: at
   * once if it is not behind. For callers that make many calls and would rather wait than fail with
   * {@link UnsentLimitException}. Fails with {@link ConnectionLostException}.
   */
  CompletableFuture<@Nullable Void> whenWritable();

  /**
   * Ends the connection: sends what was said before, also what waits for the start of the
   * conversation, and closes; calls under way fail. Does not wait. Safe to call twice.
   */
  @Override
  void close();
}
