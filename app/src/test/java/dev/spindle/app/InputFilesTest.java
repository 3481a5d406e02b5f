// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relative paths are those of the module's folder, where the tests run. */
final class InputFilesTest {
  private static final Path HELP = Path.of("src/test/resources/dev/spindle/app/help");

  @TempDir private Path elsewhere;

  private static Map<FileName, Path> of(Path... inputs) {
    return InputFiles.of(List.of(inputs));
  }

  private static FileName name(String name) {
    return new FileName(name);
  }

  private Path file(String name) throws IOException {
    Path file = elsewhere.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  @Test
  void aRelativePathKeepsItsFolders() {
    Path file = HELP.resolve("spindle.txt");
    assertThat(of(file)).containsExactly(Map.entry(name(file.toString()), file));
  }

  @Test
  void dotsInsideARelativePathAreLeftOut() {
    Path file = Path.of("./src/../pom.xml");
    assertThat(of(file)).containsExactly(Map.entry(name("pom.xml"), file));
  }

  @Test
  void aRelativeFolderStandsForItsFilesInOrder() {
    assertThat(List.copyOf(of(HELP).keySet()))
        .contains(name(HELP + "/spindle.txt"), name(HELP + "/spindle-run.txt"))
        .isSorted();
  }

  @Test
  void theFolderItselfIsNoPartOfTheName() {
    assertThat(of(Path.of("."))).containsKey(name("pom.xml"));
  }

  @Test
  void anAbsolutePathKeepsItsLastName() throws IOException {
    Path file = file("deep/down/a.txt");
    assertThat(of(file)).containsExactly(Map.entry(name("a.txt"), file));
  }

  @Test
  void anAbsoluteFolderKeepsItsLastNameAndWhatIsBelow() throws IOException {
    Path a = file("tree/a.txt");
    Path b = file("tree/sub/b.txt");
    assertThat(of(elsewhere.resolve("tree")))
        .containsExactly(Map.entry(name("tree/a.txt"), a), Map.entry(name("tree/sub/b.txt"), b));
  }

  @Test
  void aPathThatLeadsOutKeepsItsLastName() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path file = here.relativize(file("tree/sub/a.txt"));
    assertThat(file.toString()).startsWith("../");
    assertThat(of(file)).containsOnlyKeys(name("a.txt"));
    assertThat(of(here.relativize(elsewhere.resolve("tree"))))
        .containsOnlyKeys(name("tree/sub/a.txt"));
  }

  @Test
  void anEmptyFolderStandsForNothing() {
    assertThat(of(elsewhere)).isEmpty();
  }

  @Test
  void theSameFileTwiceIsOneInput() {
    assertThat(of(Path.of("pom.xml"), Path.of("pom.xml"))).hasSize(1);
  }

  @Test
  void twoFilesWithOneNameAreRefusedBothNamed() throws IOException {
    Path one = file("one/a.txt");
    Path two = file("two/a.txt");
    assertThatThrownBy(() -> of(one, two))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("inputs " + one + " and " + two + " would both be called 'a.txt'");
  }

  @Test
  void aMissingInputIsNamed() {
    assertThatThrownBy(() -> of(Path.of("no/such.file")))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("input no/such.file: no such file or folder");
  }
}
