// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DepotSettingsTest {
  @Test
  void theDefaultsAreLoopbackAndTheNamedLimits() {
    DepotSettings settings = DepotSettings.in(Path.of("data"));
    assertThat(settings.address()).isEqualTo(DepotAddress.at("127.0.0.1", 0));
    assertThat(settings.limits().grantValidity()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.limits().reserveBytes()).isEqualTo(64 * 1024 * 1024);
    assertThat(settings.address().passivePorts().isEphemeral()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0,5000", "80,90", "1023,2000", "5000,4999", "60000,65536", "-1,-1"})
  void portRangesThatCannotBeAreRefused(int first, int last) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PortRange(first, last))
        .withMessageContaining(first + "-" + last);
  }

  @Test
  void limitsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> DepotAddress.at("", 65536));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DepotLimits.USUAL.withReserveBytes(-1))
        .withMessageContaining("-1");
    Duration some = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DepotLimits(Duration.ZERO, 0, 1, some, some, 1))
        .withMessageContaining("grant validity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DepotLimits(some, 0, 1, some.negated(), some, 1))
        .withMessageContaining("idle");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DepotLimits(some, 0, 0, some, some, 1))
        .withMessageContaining("logins at once 0");
  }
}
