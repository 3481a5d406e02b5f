// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code pb/README.md} shows is what the programs beside it say, and they do what it says. */
class ReadmeTest {
  private static final Path PAGE = Path.of("../pb/README.md");

  @Test
  void everyListingIsWhatTheProgramSays() throws Exception {
    Map<String, String> shown = Listings.shownIn(PAGE);
    assertThat(shown).isNotEmpty();
    for (Map.Entry<String, String> listing : shown.entrySet()) {
      assertThat(listing.getValue())
          .as("listing %s in %s", listing.getKey(), PAGE)
          .isEqualTo(Listings.expected(listing.getKey()));
    }
  }

  @ParameterizedTest
  @CsvSource({"java,java", "java,python", "python,java", "python,python"})
  void theGreetersUnderstandEachOther(String serverLanguage, String clientLanguage)
      throws Exception {
    boolean javaServes = serverLanguage.equals("java");
    try (ReadmeProgram server =
        javaServes
            ? ReadmeProgram.java("GreeterServer", "tcp:host=127.0.0.1:port=0")
            : ReadmeProgram.python("greeter_server.py", "tcp:0:interface=127.0.0.1")) {
      String port = server.nextLine().replace("listening on port ", "");
      String endpoint = "tcp:host=127.0.0.1:port=" + port;
      try (ReadmeProgram client =
          clientLanguage.equals("java")
              ? ReadmeProgram.java("GreeterClient", endpoint)
              : ReadmeProgram.python("greeter_client.py", endpoint)) {
        assertThat(client.lines()).isEqualTo("hello Ada\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Callbacks", "Errors", "Logins", "Threads", "Limits"})
  void theTourPrintsWhatThePageShows(String program, @TempDir Path folder) throws Exception {
    try (ReadmeProgram run = ReadmeProgram.java(program, folder.resolve("file.txt").toString())) {
      assertThat(run.lines()).isEqualTo(Listings.outputShownIn(PAGE, program));
    }
  }

  @Test
  void aBlockWithoutAProgramIsFound() {
    assertThat(Listings.unmarked(List.of("text", "```java", "int i;", "```"))).containsExactly(2);
    assertThat(Listings.unmarked(List.of("<!-- listing: A.java#x -->", "```java", "    a", "```")))
        .isEmpty();
    assertThat(Listings.unmarked(List.of("text", "", "    int i;", "    int j;")))
        .containsExactly(3);
    assertThat(Listings.unmarked(List.of("```", "", "    a", "```", "```sh", "b", "```")))
        .containsExactly(1, 5);
  }
}
