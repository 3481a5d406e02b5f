// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page on copies, caches and views shows, as {@link ReadmeTest} has it. */
class CopiesCachesViewsTest {
  private static final Path PAGE = Path.of("../docs/pb/copies-caches-views.md");

  @Test
  void everyListingIsWhatTheProgramSays() throws Exception {
    Map<String, String> shown = Listings.shownIn(PAGE);
    assertThat(shown).hasSizeGreaterThan(5);
    for (Map.Entry<String, String> listing : shown.entrySet()) {
      assertThat(listing.getValue())
          .as("listing %s in %s", listing.getKey(), PAGE)
          .isEqualTo(Listings.expected(listing.getKey()));
    }
  }

  @ParameterizedTest
  @CsvSource({"java,java", "java,python", "python,java", "python,python"})
  void theShopsServeEachOthersCustomers(String serverLanguage, String clientLanguage)
      throws Exception {
    try (ReadmeProgram server =
        serverLanguage.equals("java")
            ? ReadmeProgram.java("ShopServer", "tcp:host=127.0.0.1:port=0")
            : ReadmeProgram.python("shop_server.py", "tcp:0:interface=127.0.0.1")) {
      String port = server.nextLine().replace("listening on port ", "");
      String endpoint = "tcp:host=127.0.0.1:port=" + port;
      try (ReadmeProgram client =
          clientLanguage.equals("java")
              ? ReadmeProgram.java("ShopClient", endpoint)
              : ReadmeProgram.python("shop_client.py", endpoint)) {
        assertThat(client.lines()).isEqualTo(Listings.outputShownIn(PAGE, "ShopClient"));
      }
    }
  }
}
