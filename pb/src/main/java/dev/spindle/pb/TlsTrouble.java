// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

/**
 * Says in words what went wrong with a TLS handshake, and the mend: the JDK's own words are for who
 * knows its sources. "It" is the other side.
 */
final class TlsTrouble {
  private static final String ALERT = "Received fatal alert: ";

  private final Endpoint.Tls endpoint;
  private final boolean weAreServer;
  private final LinkLimits limits;

  TlsTrouble(Endpoint.Tls endpoint, Transport.Role role, LinkLimits limits) {
    this.endpoint = endpoint;
    this.weAreServer = role == Transport.Role.SERVER;
    this.limits = limits;
  }

  /** For a server that agreed on TLS and then said nothing. */
  IOException silence() {
    return new IOException(
        "TLS stands, but it has said nothing within "
            + limits.handshake().toSeconds()
            + " s: is it a Perspective Broker server?");
  }

  IOException explain(Throwable failure) {
    return new IOException(words(failure), failure);
  }

  private String words(Throwable failure) {
    if (has(failure, SslHandshakeTimeoutException.class)) {
      return "no TLS agreed on within "
          + limits.tls().toMillis() / 1000.0
          + " s: does it connect with tcp: instead of tls:?";
    }
    if (has(failure, NotSslRecordException.class)) {
      return weAreServer
          ? "it does not speak TLS: it has to connect with tls:"
          : "it does not speak TLS: this is no tls: endpoint there, or not its port";
    }
    if (has(failure, ClosedChannelException.class)) {
      return "it closed the connection during the TLS handshake";
    }
    return certificate(failure).or(() -> alert(failure)).orElseGet(() -> ownWords(failure));
  }

  /** What is wrong with its certificate, in our eyes. */
  private Optional<String> certificate(Throwable failure) {
    if (has(failure, CertificateExpiredException.class)
        || has(failure, CertificateNotYetValidException.class)) {
      return Optional.of(
          "its certificate is not valid now ("
              + cause(failure, CertificateException.class).getMessage()
              + "): it has to be renewed, or a clock is wrong");
    }
    if (has(failure, CertPathBuilderException.class)) {
      return Optional.of(
          "its certificate comes from no authority that is trusted here: "
              + (endpoint.trust() == null
                  ? "name the file of its authority with trust="
                  : endpoint.trust() + " has to hold that of its authority"));
    }
    Throwable certificate = cause(failure, CertificateException.class);
    if (certificate != failure && ownWords(certificate).startsWith("No ")) {
      return Optional.of(
          "its certificate is for somebody else ("
              + ownWords(certificate)
              + "): connect by a name that it has, or tell the expected one with name=");
    }
    return Optional.empty();
  }

  /** What it said of us. */
  private Optional<String> alert(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String text = ownWords(each);
      if (text.contains("mpty client certificate") || text.contains("null cert chain")) {
        return Optional.of("it showed no certificate, which trust= of this server asks for");
      }
      int alert = text.indexOf(ALERT); // Newer JDKs have its name before it, too.
      if (alert >= 0) {
        return Optional.of(alert(text.substring(alert + ALERT.length())));
      }
    }
    return Optional.empty();
  }

  private String alert(String name) {
    return switch (name) {
      case "bad_certificate", "certificate_required" ->
          weAreServer || endpoint.cert() != null
              ? "it does not take our certificate, " + endpoint.cert()
              : "it asks for a client certificate: name one with cert= and key=";
      case "unknown_ca", "certificate_unknown" ->
          "it does not take our certificate, "
              + endpoint.cert()
              + ": it has to trust the authority of it"
              + (weAreServer ? ", and to connect by a name that is in it" : "");
      case "certificate_expired" ->
          "it says that our certificate, " + endpoint.cert() + ", has expired";
      case "protocol_version", "handshake_failure" ->
          "it has no version or cipher of TLS in common with us, which is 1.2 or later";
      default -> "it refused the TLS handshake: " + name;
    };
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return type.isInstance(cause(failure, type));
  }

  /** The first of this type among the causes, or what was given. */
  private static Throwable cause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return each;
      }
    }
    return failure;
  }

  private static String ownWords(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
