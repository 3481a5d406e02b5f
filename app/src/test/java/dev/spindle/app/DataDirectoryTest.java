// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path home;

  private DataDirectory directory() {
    return new DataDirectory(home.resolve("share/spindle"));
  }

  @Test
  void itIsMadeForTheUserAloneOnce() throws IOException {
    directory().create();
    directory().create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory().path())))
        .isEqualTo("rwx------");
  }

  @Test
  void whereItCannotBeMadeIsSaid() throws IOException {
    Files.writeString(home.resolve("share"), "a file");
    assertThatThrownBy(() -> directory().create())
        .isInstanceOf(CommandFailedException.class)
        .hasMessageStartingWith("cannot make the data directory " + directory().path() + ": ");
  }

  @Test
  void nobodyHasPublishedAnAddressAtFirst() {
    assertThat(directory().published()).isEmpty();
  }

  @Test
  void aPublishedAddressIsReadUntilItIsTakenBack() throws IOException {
    directory().create();
    directory().publish(new HostPort("::1", 8787));
    directory().publish(new HostPort("127.0.0.1", 4711));
    assertThat(directory().published()).contains(new HostPort("127.0.0.1", 4711));
    directory().unpublish();
    directory().unpublish();
    assertThat(directory().published()).isEmpty();
    assertThat(directory().path()).isEmptyDirectory();
  }

  @Test
  void anAddressThatIsNoneIsToldWithItsFile() throws IOException {
    directory().create();
    Path file = directory().path().resolve("controller.address");
    Files.writeString(file, "rubbish");
    assertThatThrownBy(() -> directory().published())
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContainingAll(file.toString(), "'rubbish'");
  }
}
