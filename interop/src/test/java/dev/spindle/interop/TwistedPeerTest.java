// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.Dialect;
import org.junit.jupiter.api.Test;

class TwistedPeerTest {
  @Test
  void pythonWithoutTwistedFailsTheTestWithTheMend() {
    String withoutPackages = "-S";
    assertThatThrownBy(() -> TwistedPeer.start(Dialect.PB, withoutPackages))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("apt-get install python3-twisted")
        .hasMessageContaining("No module named 'twisted'");
  }

  @Test
  void aCommandThatBreaksFailsTheTestWithThePeersTraceback() {
    try (TwistedPeer peer = TwistedPeer.start(Dialect.PB)) {
      assertThatThrownBy(() -> peer.command(null, "nothing"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("has no attribute 'do_nothing'");
    }
  }
}
