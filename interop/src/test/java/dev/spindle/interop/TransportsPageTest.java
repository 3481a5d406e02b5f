// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.Dialect;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/pb/transports.md} shows is what its program says, and it does what it says. */
@ExtendWith(TwistedPeers.Extension.class)
class TransportsPageTest {
  private static final Path PAGE = Path.of("../docs/pb/transports.md");

  @Test
  void everyListingIsWhatTheProgramSays() throws Exception {
    Map<String, String> shown = Listings.shownIn(PAGE);
    assertThat(shown).containsOnlyKeys("Secure.java#server", "Secure.java#client");
    for (Map.Entry<String, String> listing : shown.entrySet()) {
      assertThat(listing.getValue()).isEqualTo(Listings.expected(listing.getKey()));
    }
  }

  @Test
  void theProgramPrintsWhatThePageShows(TwistedPeers peers, @TempDir Path folder) throws Exception {
    peers.speaking(Dialect.PB).command(null, "make_certificates", folder.toString());
    try (ReadmeProgram run = ReadmeProgram.java("Secure", folder.toString())) {
      assertThat(run.lines()).isEqualTo(Listings.outputShownIn(PAGE, "Secure"));
    }
  }
}
