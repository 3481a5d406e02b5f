// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;

/** An authority that gives out certificates for tests, as PEM files. X.509 in DER, by hand. */
public final class Authority {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");
  private static final byte[] IS_AUTHORITY = hex("300f0603551d130101ff040530030101ff");
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = hex("0603551d11");
  private static final AtomicLong SERIAL = new AtomicLong(1);

  /** A certificate and its key. */
  public record Issued(Path cert, Path key) {}

  private final Path folder;
  private final X500Principal name;
  private final KeyPair keys = keys();
  private final Path file;

  public Authority(Path folder, String name) throws IOException {
    this.folder = folder;
    this.name = new X500Principal("CN=" + name);
    this.file = folder.resolve(name + ".pem");
    Instant now = Instant.now();
    write(
        file,
        "CERTIFICATE",
        certificate(this.name, keys, now.minus(DAY), now.plus(DAY), IS_AUTHORITY));
  }

  private static final Duration DAY = Duration.ofDays(1);

  /** Its own certificate. */
  Path file() {
    return file;
  }

  /** For a host name; 127.0.0.1 has it too if it is "localhost". */
  Issued issue(String subject) throws IOException {
    return issue(subject, Instant.now().minus(DAY), Instant.now().plus(DAY));
  }

  Issued issue(String subject, Instant from, Instant to) throws IOException {
    return issue(subject, subject, from, to);
  }

  /** Into files of another name than the subject's. */
  Issued issue(String files, String subject, Instant from, Instant to) throws IOException {
    return issue(files, new X500Principal("CN=" + subject), subject, from, to);
  }

  /** For somebody with a whole distinguished name. */
  public Issued issueTo(String distinguishedName) throws IOException {
    X500Principal subject = new X500Principal(distinguishedName);
    Instant now = Instant.now();
    return issue("named", subject, "named", now.minus(DAY), now.plus(DAY));
  }

  private Issued issue(String files, X500Principal subject, String host, Instant from, Instant to)
      throws IOException {
    KeyPair own = keys();
    Issued issued =
        new Issued(folder.resolve(files + ".cert.pem"), folder.resolve(files + ".key.pem"));
    byte[] certificate = certificate(subject, own, from, to, names(host));
    write(issued.cert(), "CERTIFICATE", certificate);
    write(issued.key(), "PRIVATE KEY", own.getPrivate().getEncoded());
    return issued;
  }

  private byte[] certificate(
      X500Principal subject, KeyPair own, Instant from, Instant to, byte[] extension) {
    byte[] signed =
        der(
            SEQUENCE,
            der(0xa0, hex("020102")),
            der(0x02, BigInteger.valueOf(SERIAL.getAndIncrement()).toByteArray()),
            ECDSA_WITH_SHA256,
            name.getEncoded(),
            der(SEQUENCE, time(from), time(to)),
            subject.getEncoded(),
            own.getPublic().getEncoded(),
            der(0xa3, der(SEQUENCE, extension)));
    return der(SEQUENCE, signed, ECDSA_WITH_SHA256, der(0x03, new byte[1], sign(signed)));
  }

  private byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] names(String host) throws IOException {
    byte[] dns = der(0x82, host.getBytes(StandardCharsets.US_ASCII));
    byte[] address =
        host.equals("localhost")
            ? der(0x87, InetAddress.getByName("127.0.0.1").getAddress())
            : new byte[0];
    return der(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, der(OCTETS, der(SEQUENCE, dns, address)));
  }

  private static byte[] time(Instant when) {
    String text =
        DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC).format(when);
    return der(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A tag, a length and the parts. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length >= 0x100) {
      all.write(0x82);
      all.write(length >> 8);
    } else if (length >= 0x80) {
      all.write(0x81);
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static void write(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
  }
}
