// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code docs/pb/typed.md} shows is what its programs say, and they do what it says. */
class TypedGuideTest {
  private static final Path PAGE = Path.of("../docs/pb/typed.md");

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

  @Test
  void theProgramPrintsWhatThePageShows() throws Exception {
    try (ReadmeProgram run = ReadmeProgram.java("Typed")) {
      assertThat(run.lines())
          .isEqualTo(
              Listings.outputShownIn(PAGE, "Typed") + Listings.outputShownIn(PAGE, "Typed.errors"));
    }
  }

  @Test
  void thePythonShopServesTheSameClient() throws Exception {
    try (ReadmeProgram server =
        ReadmeProgram.python("typed_shop.py", "tcp:0:interface=127.0.0.1")) {
      String port = server.nextLine().replace("listening on port ", "");
      try (ReadmeProgram client = ReadmeProgram.java("Typed", "tcp:host=127.0.0.1:port=" + port)) {
        assertThat(client.lines()).isEqualTo(Listings.outputShownIn(PAGE, "Typed"));
      }
    }
  }
}
