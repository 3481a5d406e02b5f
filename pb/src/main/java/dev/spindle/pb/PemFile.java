// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificates or the key in a PEM file. Every error names the file, and none its content. */
final class PemFile {
  /** Longest file that is read; a system's whole list of authorities has a quarter of it. */
  static final long MAX_BYTES = 1 << 20;

  private static final Pattern SECTION =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");

  private record Section(String label, String body) {}

  private final Path path;
  private final List<Section> sections = new ArrayList<>();

  private PemFile(Path path) throws IOException {
    this.path = path;
    Matcher matcher = SECTION.matcher(text());
    while (matcher.find()) {
      sections.add(new Section(matcher.group(1), matcher.group(2)));
    }
  }

  private String text() throws IOException {
    try {
      if (Files.isDirectory(path)) {
        throw new IOException(path + " is a directory: expected a PEM file");
      }
      if (Files.size(path) > MAX_BYTES) {
        throw new IOException(path + " is longer than " + MAX_BYTES + " bytes: is it PEM at all?");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + path.toAbsolutePath(), e);
    } catch (java.nio.file.AccessDeniedException e) {
      throw new IOException(path + " cannot be read: permission denied to this program's user", e);
    }
  }

  /**
   * All certificates of a file, in its order.
   *
   * @throws IOException when there is none, or one that cannot be read
   */
  static List<X509Certificate> certificates(Path path) throws IOException {
    PemFile file = new PemFile(path);
    List<X509Certificate> found = new ArrayList<>();
    for (Section section : file.sections) {
      if (section.label().equals("CERTIFICATE")) {
        found.add(file.certificate(section));
      }
    }
    if (found.isEmpty()) {
      throw new IOException(
          path + " has no certificate: expected PEM with '-----BEGIN CERTIFICATE-----'");
    }
    return found;
  }

  private X509Certificate certificate(Section section) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes(section)));
    } catch (CertificateException e) {
      throw new IOException(path + " has a certificate that cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The key of a file.
   *
   * @throws IOException when it has none, or one that is encrypted or of another form than PKCS #8
   */
  static PrivateKey key(Path path) throws IOException {
    PemFile file = new PemFile(path);
    for (Section section : file.sections) {
      if (section.label().equals("PRIVATE KEY")) {
        return file.key(section);
      }
      if (section.label().endsWith("PRIVATE KEY")) {
        boolean encrypted =
            section.label().startsWith("ENCRYPTED") || section.body().contains("ENCRYPTED");
        throw new IOException(
            path
                + (encrypted ? " is encrypted" : " has a key of the form " + section.label())
                + ": only PKCS #8 without a password is read; openssl pkcs8 -topk8 -nocrypt -in "
                + path
                + " makes that");
      }
    }
    throw new IOException(path + " has no key: expected PEM with '-----BEGIN PRIVATE KEY-----'");
  }

  private PrivateKey key(Section section) throws IOException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(bytes(section));
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(encoded);
      } catch (GeneralSecurityException otherKind) {
        continue; // The encoding says of which kind it is, and only its own factory takes it.
      }
    }
    throw new IOException(path + " has a key that is none of " + String.join(", ", KEY_KINDS));
  }

  private byte[] bytes(Section section) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(section.body());
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": what it has as " + section.label() + " is not Base64", e);
    }
  }
}
