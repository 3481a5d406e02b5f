// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemFileTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("x.pem"), text);
  }

  private static String section(String label, String body) {
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  @Test
  void aDirectoryIsNamed() {
    assertThatThrownBy(() -> PemFile.certificates(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " is a directory: expected a PEM file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keysOfTheseKindsAreRead(String kind) throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance(kind).generateKeyPair().getPrivate();
    Authority.write(folder.resolve("k.pem"), "PRIVATE KEY", key.getEncoded());
    assertThat(PemFile.key(folder.resolve("k.pem"))).isEqualTo(key);
  }

  @Test
  void oneFileMayHoldAKeyAndAChainWithRemarksBetween() throws Exception {
    Authority authority = new Authority(folder, "authority");
    Authority.Issued issued = authority.issue("localhost");
    Path all =
        file(
            "a remark\n"
                + Files.readString(issued.key())
                + "subject=CN = localhost\n"
                + Files.readString(issued.cert()).replace("\n", "\r\n")
                + Files.readString(authority.file()));
    assertThat(PemFile.certificates(all))
        .extracting(each -> each.getSubjectX500Principal().getName())
        .containsExactly("CN=localhost", "CN=authority");
    assertThat(PemFile.key(all)).isEqualTo(PemFile.key(issued.key()));
  }

  @ParameterizedTest
  @CsvSource({
    "ENCRYPTED PRIVATE KEY, AAAA, is encrypted",
    "RSA PRIVATE KEY, 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA', is encrypted",
    "RSA PRIVATE KEY, AAAA, has a key of the form RSA PRIVATE KEY",
    "EC PRIVATE KEY, AAAA, has a key of the form EC PRIVATE KEY",
  })
  void otherFormsOfKeysAreToldWithTheMend(String label, String body, String why) throws Exception {
    Path file = file(section(label, body));
    assertThatThrownBy(() -> PemFile.key(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " " + why)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + file);
  }

  @Test
  void whatIsBrokenIsNamedAndNotShown() throws Exception {
    String secret = "c2VjcmV0IGtleQ==";
    Path key = file(section("PRIVATE KEY", secret));
    assertThatThrownBy(() -> PemFile.key(key))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(key + " has a key that is none of RSA, EC, EdDSA")
        .message()
        .doesNotContain(secret, "secret key");
    Path certificate = file(section("CERTIFICATE", secret));
    assertThatThrownBy(() -> PemFile.certificates(certificate))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(certificate + " has a certificate that cannot be read");
    Path cut = file("-----BEGIN PRIVATE KEY-----\n" + secret);
    assertThatThrownBy(() -> PemFile.key(cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(cut + " has no key: expected PEM");
    assertThatThrownBy(() -> PemFile.certificates(folder)).isInstanceOf(IOException.class);
  }

  @Test
  void aFileHasABound() throws Exception {
    String remark = "x".repeat((int) PemFile.MAX_BYTES);
    assertThatThrownBy(() -> PemFile.key(file(remark))).hasMessageContaining("has no key");
    assertThatThrownBy(() -> PemFile.key(file(remark + "x")))
        .hasMessageContaining("is longer than 1048576 bytes");
  }
}
