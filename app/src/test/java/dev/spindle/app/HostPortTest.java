// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "farm.example.org:8787, farm.example.org, 8787",
    "127.0.0.1:0, 127.0.0.1, 0",
    "localhost:65535, localhost, 65535",
    "[::1]:8787, ::1, 8787",
    "[fe80::1%eth0]:1, fe80::1%eth0, 1"
  })
  void isReadAndWrittenAlike(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port));
    assertThat(new HostPort(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "farm", ":8787", "::1:8787", "[]:8787", "[::1:8787", "8787"})
  void whatIsNotHostAndPortIsRefusedWithTheForm(String text) {
    assertThatThrownBy(() -> HostPort.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'" + text + "' is not HOST:PORT (an IPv6 address goes in brackets, as [::1]:8787)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"farm:", "farm:http", "farm:-1", "farm:65536", "farm:99999999999"})
  void aPortOutOfRangeIsRefusedWithTheRange(String text) {
    assertThatThrownBy(() -> HostPort.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "': the port must be a number from 0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:1", "127.0.0.1:1", "127.8.9.10:1", "[::1]:1"})
  void loopbackIsThisMachineAlone(String text) {
    assertThat(HostPort.parse(text).isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:1", "[::]:1", "192.168.0.1:1", "farm:1"})
  void everythingElseIsReachableFromOutside(String text) {
    assertThat(HostPort.parse(text).isLoopback()).isFalse();
  }

  @Test
  void aNameThatOnlyBeginsLikeLoopbackIsNot() {
    assertThat(HostPort.parse("127.example.org:1").isLoopback()).isFalse();
  }
}
