// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "tcp:host=127.0.0.1:port=8787, 127.0.0.1, 8787",
    "tcp:port=0, 127.0.0.1, 0",
    "tcp:host=farm.example, farm.example, 8787",
    "tcp, 127.0.0.1, 8787",
    "tcp:host=\\:\\:1:port=65535, ::1, 65535",
  })
  void itIsReadAsTwistedWritesIt(String text, String host, int port) {
    assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint.Tcp(host, port));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unix:/tmp/x|expected tcp:host=HOST:port=PORT",
        "127.0.0.1:8787|expected tcp:host=HOST:port=PORT",
        "tcp:8787|expected NAME=VALUE, found '8787'",
        "tcp:=5|expected NAME=VALUE",
        "tcp:port=x|port 'x' is not a number from 0 to 65535",
        "tcp:port=65536|port '65536' is not",
        "tcp:port=-1|port '-1' is not",
        "tcp:interface=lo|tcp takes host and port, not [interface]",
      })
  void whatIsNoneIsRefusedByName(String text, String why) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint '" + text + "'")
        .hasMessageContaining(why);
  }
}
