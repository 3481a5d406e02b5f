// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an endpoint's files say about TLS, read again for a new connection when a file has changed.
 *
 * <p>New files that cannot be used leave the old ones in force: a mistake in a renewal must not cut
 * a server off. It is logged once for each state of the files.
 *
 * <p>Thread: any; guarded by this.
 */
final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** Kinds of keys by how a signature of theirs is called; of others only a handshake can tell. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  /** How a file looked from outside; null for one that is not there. */
  private record Stamp(FileTime modified, long size, @Nullable Object identity) {}

  private final Endpoint.Tls endpoint;
  private final Transport.Role role;
  private List<@Nullable Stamp> stamps;
  private SslContext context;

  /**
   * @throws IOException when a file cannot be used, naming it and the mend
   */
  TlsFiles(Endpoint.Tls endpoint, Transport.Role role) throws IOException {
    this.endpoint = endpoint;
    this.role = role;
    this.stamps = stamps();
    this.context = load();
  }

  /** What holds for a connection that begins now. */
  synchronized SslContext context() {
    List<@Nullable Stamp> now = stamps();
    if (!now.equals(stamps)) {
      stamps = now;
      try {
        context = load();
        LOG.info("{}: its files have changed, new connections use them", endpoint);
      } catch (IOException e) {
        LOG.warn(
            "{}: its files have changed and cannot be used, the old ones stay in force: {}",
            endpoint,
            e.getMessage());
      }
    }
    return context;
  }

  private List<@Nullable Stamp> stamps() {
    List<@Nullable Stamp> all = new ArrayList<>();
    all.add(stamp(endpoint.cert()));
    all.add(stamp(endpoint.key()));
    all.add(stamp(endpoint.trust()));
    return all;
  }

  private static @Nullable Stamp stamp(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(seen.lastModifiedTime(), seen.size(), seen.fileKey());
    } catch (IOException e) {
      return null; // Loading it says why.
    }
  }

  private SslContext load() throws IOException {
    SslContextBuilder builder =
        role == Transport.Role.SERVER ? server() : identified(SslContextBuilder.forClient());
    Path trust = endpoint.trust();
    if (trust != null) {
      builder.trustManager(PemFile.certificates(trust));
      if (role == Transport.Role.SERVER) {
        builder.clientAuth(ClientAuth.REQUIRE);
      }
    }
    try {
      return builder.sslProvider(SslProvider.JDK).protocols(VERSIONS).build();
    } catch (SSLException e) {
      throw new IOException(endpoint + ": TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private SslContextBuilder server() throws IOException {
    Path cert = Objects.requireNonNull(endpoint.cert());
    Path key = Objects.requireNonNull(endpoint.key());
    return SslContextBuilder.forServer(PemFile.key(key), chain(cert, key));
  }

  private SslContextBuilder identified(SslContextBuilder client) throws IOException {
    Path cert = endpoint.cert();
    Path key = endpoint.key();
    return cert == null || key == null
        ? client
        : client.keyManager(PemFile.key(key), chain(cert, key));
  }

  /** The own certificate and those above it. Found out here, and not by who connects. */
  private static X509Certificate[] chain(Path cert, Path key) throws IOException {
    List<X509Certificate> chain = PemFile.certificates(cert);
    X509Certificate own = chain.get(0);
    try {
      own.checkValidity();
    } catch (CertificateException e) {
      throw new IOException(
          cert
              + ": the certificate of "
              + own.getSubjectX500Principal()
              + " is valid from "
              + own.getNotBefore().toInstant()
              + " to "
              + own.getNotAfter().toInstant()
              + ", which is not now: renew it",
          e);
    }
    if (!belongTogether(own.getPublicKey(), PemFile.key(key))) {
      throw new IOException(
          key + " is not the key of " + cert + ", or its first certificate is not the own one");
    }
    return chain.toArray(new X509Certificate[0]);
  }

  private static boolean belongTogether(PublicKey certified, PrivateKey key) {
    if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    String algorithm = SIGNATURES.get(key.getAlgorithm());
    if (algorithm == null) {
      return true;
    }
    byte[] sample = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(sample);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
