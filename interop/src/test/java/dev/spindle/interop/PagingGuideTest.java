// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/pb/paging.md} shows is what the programs say, and they do what it says. */
class PagingGuideTest {
  private static final Path PAGE = Path.of("../docs/pb/paging.md");

  @Test
  void everyListingIsWhatTheProgramSays() throws Exception {
    Map<String, String> shown = Listings.shownIn(PAGE);
    assertThat(shown).hasSize(5);
    for (Map.Entry<String, String> listing : shown.entrySet()) {
      assertThat(listing.getValue())
          .as("listing %s in %s", listing.getKey(), PAGE)
          .isEqualTo(Listings.expected(listing.getKey()));
    }
  }

  @ParameterizedTest
  @CsvSource({"java,java", "java,python", "python,java", "python,python"})
  void aFileGoesFromOneToTheOther(
      String serverLanguage, String clientLanguage, @TempDir Path folder) throws Exception {
    byte[] content = new byte[1_000_000];
    new Random(8787).nextBytes(content);
    String file = Files.write(folder.resolve("file"), content).toString();
    Path copy = folder.resolve("copy");
    try (ReadmeProgram server =
        serverLanguage.equals("java")
            ? ReadmeProgram.java("FileServer", "tcp:host=127.0.0.1:port=0", file)
            : ReadmeProgram.python("file_server.py", "tcp:0:interface=127.0.0.1", file)) {
      String port = server.nextLine().replace("listening on port ", "");
      String endpoint = "tcp:host=127.0.0.1:port=" + port;
      try (ReadmeProgram client =
          clientLanguage.equals("java")
              ? ReadmeProgram.java("FileClient", endpoint, copy.toString())
              : ReadmeProgram.python("file_client.py", endpoint, copy.toString())) {
        assertThat(client.lines()).isEqualTo("1000000 bytes\n");
      }
    }
    assertThat(copy).hasBinaryContent(content);
  }

  /** Twisted's own {@code getAllPages} would wait for ever. */
  @Test
  void aFileThatIsMissingFailsACarefulClient(@TempDir Path folder) throws Exception {
    String file = folder.resolve("missing").toString();
    try (ReadmeProgram server =
        ReadmeProgram.java("FileServer", "tcp:host=127.0.0.1:port=0", file)) {
      String port = server.nextLine().replace("listening on port ", "");
      try (ReadmeProgram client =
          ReadmeProgram.python("careful_client.py", "tcp:host=127.0.0.1:port=" + port)) {
        assertThat(client.lines()).isEqualTo("java.nio.file.NoSuchFileException\n");
      }
    }
  }
}
