// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("w1.secret");
  }

  @Test
  void whatIsWrittenIsRead() {
    String secret = Secrets.random();
    Secrets.write(file, secret);
    assertThat(Secrets.read(file)).isEqualTo(secret);
  }

  @Test
  void secretsHave256BitsAndDiffer() {
    assertThat(Secrets.random()).matches("[0-9a-f]{64}").isNotEqualTo(Secrets.random());
  }

  @Test
  void onlyTheOwnerMayReadOrWriteIt() throws IOException {
    Secrets.write(file, "s");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anExistingFileIsLeftAsItIs() throws IOException {
    Files.writeString(file, "precious");
    assertThatThrownBy(() -> Secrets.write(file, "s"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(file + " exists already: name another file, or remove it first");
    assertThat(file).hasContent("precious");
  }

  /** A link that somebody else put there must not lead the secret elsewhere. */
  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Files.createSymbolicLink(file, elsewhere);
    assertThatThrownBy(() -> Secrets.write(file, "s")).isInstanceOf(CommandFailedException.class);
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aMissingFolderIsNamedOnce() {
    Path lost = folder.resolve("no/w1.secret");
    assertThatThrownBy(() -> Secrets.write(lost, "s"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("cannot write " + lost + ": no such file or folder");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Secrets.read(file))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("there is no secret file " + file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
  void aFileWithAnyOtherModeIsRefusedWithTheMend(String mode) throws IOException {
    Secrets.write(file, "s");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> Secrets.read(file))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContainingAll(file.toString(), mode, "chmod 600 " + file);
  }

  @Test
  void aFileThatOnlyItsOwnerCanReadIsFine() throws IOException {
    Secrets.write(file, "s");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(Secrets.read(file)).isEqualTo("s");
  }

  @Test
  void blanksAroundASecretDoNotCount() {
    Secrets.write(file, "  s \n");
    assertThat(Secrets.read(file)).isEqualTo("s");
  }

  @Test
  void anEmptyFileIsRefused() {
    Secrets.write(file, "");
    assertThatThrownBy(() -> Secrets.read(file))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(file + " is empty: expected a secret in it");
  }

  @Test
  void aFileOfMoreThan4096BytesIsRefused() {
    Secrets.write(file, "s".repeat(4095));
    assertThat(Secrets.read(file)).hasSize(4095);
    Path longer = folder.resolve("longer");
    Secrets.write(longer, "s".repeat(4096));
    assertThatThrownBy(() -> Secrets.read(longer))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("at most 4096 bytes");
  }

  @Test
  void noErrorTellsTheSecret() throws IOException {
    Secrets.write(file, "topsecret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Secrets.read(file)).hasMessageNotContaining("topsecret");
    assertThatThrownBy(() -> Secrets.write(file, "topsecret")).hasMessageNotContaining("topsecret");
  }
}
