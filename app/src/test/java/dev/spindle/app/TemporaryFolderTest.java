// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFolderTest {
  @TempDir private Path home;

  /** Folders in which what was still at work was ended, before they were removed. */
  private final List<Path> ended = new ArrayList<>();

  private Path parent() {
    return home.resolve("cache/spindle");
  }

  private Path folderOf(String owner) throws IOException {
    Path folder = Files.createDirectories(parent().resolve("run-" + owner + "-123"));
    Files.createDirectories(folder.resolve("depot/objects"));
    Files.writeString(folder.resolve("depot/objects/x"), "x");
    return folder;
  }

  private static long deadProcess() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }

  private TemporaryFolder create() throws IOException {
    return TemporaryFolder.create(parent(), ended::add);
  }

  @Test
  void itIsForTheUserAloneAndGoesWithAllThatIsInIt() throws IOException {
    Path path;
    try (TemporaryFolder folder = create()) {
      path = folder.path();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c"), "c");
    }
    assertThat(path).doesNotExist();
    assertThat(parent()).isEmptyDirectory();
  }

  @Test
  void whatADeadProcessLeftIsRemoved() throws Exception {
    Path left = folderOf(Long.toString(deadProcess()));
    create().close();
    assertThat(ended).containsExactly(left);
    assertThat(left).doesNotExist();
  }

  @Test
  void whatALivingProcessUsesStays() throws Exception {
    Process living = new ProcessBuilder("sleep", "600").start();
    try {
      Path used = folderOf(Long.toString(living.pid()));
      create().close();
      assertThat(used.resolve("depot/objects/x")).exists();
    } finally {
      living.destroyForcibly().waitFor();
    }
  }

  @Test
  void twoOfOneProcessLeaveEachOtherAlone() throws IOException {
    try (TemporaryFolder one = create();
        TemporaryFolder two = create()) {
      assertThat(one.path()).exists().isNotEqualTo(two.path());
    }
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    Path noNumber = folderOf("x");
    Path other = Files.createDirectories(parent().resolve("builds"));
    create().close();
    assertThat(noNumber).exists();
    assertThat(other).exists();
  }

  /** A job may leave links: what they lead to is not ours. */
  @Test
  void linksAreRemovedButNotWhatTheyLeadTo() throws IOException {
    Path precious = Files.writeString(home.resolve("precious"), "p");
    try (TemporaryFolder folder = create()) {
      Files.createSymbolicLink(folder.path().resolve("file"), precious);
      Files.createSymbolicLink(folder.path().resolve("home"), home);
    }
    assertThat(precious).exists();
  }
}
