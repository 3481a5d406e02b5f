// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of every page of the guide, also of one that is new: it shows nothing that no test runs. */
class GuidePagesTest {
  private static final Path TESTS = Path.of("src/test/java/dev/spindle/interop");
  private static final Path MODULE_TEST =
      Path.of("../pb/src/test/java/dev/spindle/pb/ModulePathTest.java");

  static List<Path> pages() throws IOException {
    try (Stream<Path> guide = Files.list(Path.of("../docs/pb"))) {
      return Stream.concat(Stream.of(Path.of("../pb/README.md")), guide.sorted()).toList();
    }
  }

  @Test
  void thereAreAllThePages() throws IOException {
    assertThat(pages())
        .hasSizeGreaterThanOrEqualTo(9)
        .allMatch(page -> page.toString().endsWith(".md"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyListingIsWhatAProgramSays(Path page) throws IOException {
    for (Map.Entry<String, String> listing : Listings.shownIn(page).entrySet()) {
      assertThat(listing.getValue())
          .as("listing %s in %s", listing.getKey(), page)
          .isEqualTo(Listings.expected(listing.getKey()));
    }
  }

  /** A test that starts a program names it, and one that compares its output names that. */
  @ParameterizedTest
  @MethodSource("pages")
  void everyProgramIsRunByATest(Path page) throws IOException {
    String tests = sourcesOfTests();
    assertThat(Listings.shownIn(page).keySet())
        .extracting(GuidePagesTest::program)
        .allMatch(program -> tests.contains('"' + program), "is started by a test");
    assertThat(Listings.outputsShownIn(page))
        .allMatch(output -> tests.contains('"' + output + '"'), "is compared by a test");
  }

  /** As a test writes it: {@code Typed} of Typed.java, tea.py, {@code tea.shop} the module. */
  private static String program(String listing) {
    String file = listing.substring(0, listing.indexOf('#'));
    if (file.contains("/")) {
      return file.substring(0, file.indexOf('/')) + '/';
    }
    return file.replace(".java", "") + '"';
  }

  private static String sourcesOfTests() throws IOException {
    try (Stream<Path> files = Files.list(TESTS)) {
      return Stream.concat(files, Stream.of(MODULE_TEST))
          .filter(file -> file.toString().endsWith("Test.java"))
          .map(GuidePagesTest::read)
          .collect(Collectors.joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
