// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.channel.Channel;
import io.netty.channel.local.LocalAddress;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Who is at the other end of a channel that stands.
 *
 * @param secure whether nobody else can read along: TLS, or bytes that do not leave this machine
 * @param certificates what the other side proved to own, its own certificate first; often none
 */
record Peer(
    SocketAddress remote, SocketAddress local, boolean secure, List<X509Certificate> certificates) {

  /** Where the listener of a channel is, if its socket does not know: clients have no name. */
  static final AttributeKey<SocketAddress> LISTENER = AttributeKey.valueOf(Peer.class, "listener");

  static Peer of(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    SocketAddress listener = channel.attr(LISTENER).get();
    SocketAddress remote = listener == null ? channel.remoteAddress() : listener;
    return new Peer(
        remote,
        listener == null ? channel.localAddress() : listener,
        tls != null || isOnThisMachine(remote),
        tls == null ? List.of() : certificates(tls));
  }

  private static boolean isOnThisMachine(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress
        || address instanceof LocalAddress
        || address instanceof InetSocketAddress inet
            && inet.getAddress() != null
            && inet.getAddress().isLoopbackAddress();
  }

  private static List<X509Certificate> certificates(SslHandler tls) {
    Certificate[] shown;
    try {
      shown = tls.engine().getSession().getPeerCertificates();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
    return Arrays.stream(shown).map(X509Certificate.class::cast).toList();
  }
}
