// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "tcp:host=127.0.0.1:port=8787, 127.0.0.1, 8787",
    "tcp:port=0, 127.0.0.1, 0",
    "tcp:host=farm.example, farm.example, 8787",
    "tcp, 127.0.0.1, 8787",
    "tcp:host=\\:\\:1:port=65535, ::1, 65535",
  })
  void tcpIsReadAsTwistedWritesIt(String text, String host, int port) {
    assertThat(Endpoint.parse(text)).isEqualTo(new Endpoint.Tcp(host, port));
  }

  @Test
  void tlsNamesItsFiles() {
    assertThat(Endpoint.parse("tls:host=farm.example:port=1:cert=a.pem:key=b.pem:trust=c:name=n"))
        .isEqualTo(
            Endpoint.tls("farm.example", 1)
                .identity(Path.of("a.pem"), Path.of("b.pem"))
                .trust(Path.of("c"))
                .name("n"));
    assertThat(Endpoint.parse("tls")).isEqualTo(Endpoint.tls("127.0.0.1", 8787));
  }

  @ParameterizedTest
  @CsvSource({
    "unix:path=/run/x.sock, /run/x.sock, 600",
    "unix:/run/x.sock, /run/x.sock, 600",
    "unix:/run/x.sock:mode=660, /run/x.sock, 660",
    "unix:path=/run/x.sock:mode=0777, /run/x.sock, 777",
    "unix:mode=0:path=/a=b, /a=b, 0",
    "unix:/a\\=b\\:c\\\\d, /a=b:c\\d, 600",
  })
  void unixHasAShortFormToo(String text, String path, String mode) {
    assertThat(Endpoint.parse(text))
        .isEqualTo(new Endpoint.Unix(Path.of(path), Integer.parseInt(mode, 8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp:host=127.0.0.1:port=8787",
        "tcp:host=\\:\\:1:port=0",
        "tls:host=h:port=1:cert=a.pem:key=b.pem:trust=c.pem:name=n",
        "tls:host=h:port=1",
        "unix:path=/run/x.sock",
        "unix:path=/run/x.sock:mode=660",
      })
  void itsTextIsWhatItIsReadFrom(String text) {
    assertThat(Endpoint.parse(text)).hasToString(text);
  }

  @Property
  void whatIsWrittenIsReadBack(
      @ForAll @NotEmpty String host, @ForAll @IntRange(max = 65535) int port) {
    Endpoint endpoint = Endpoint.tls(host, port).name(host);
    assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
  }

  @Test
  void anEndpointInThisProcessIsAPlaceOfItsOwn() {
    Endpoint one = Endpoint.inProcess("test");
    assertThat(one).isNotEqualTo(Endpoint.inProcess("test")).hasToString("in-process test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "udp:/tmp/x|expected tcp:host=HOST:port=PORT, tls:",
        "127.0.0.1:8787|expected tcp:host=HOST:port=PORT, tls:",
        "tcp:8787|expected NAME=VALUE, found '8787': Twisted's short form, write tcp:port=8787",
        "tls:1:cert=a|found '1': Twisted's short form, write tls:port=1",
        "ssl:8787|ssl: is called tls: here, expected tcp:host=HOST:port=PORT, tls:",
        "tcp:host=::1|host has no value: in a value, write colons as \\:",
        "tcp:host=fe80::1|expected NAME=VALUE, found '': in a value, write colons as \\:",
        "tcp:=5|expected NAME=VALUE",
        "tcp:host=|host has no value",
        "tcp:port=1:port=2|port is given twice",
        "tcp:port=x|port 'x' is not a number from 0 to 65535",
        "tcp:port=65536|port '65536' is not",
        "tcp:port=-1|port '-1' is not",
        "tcp:interface=lo|tcp takes host, port, not [interface]",
        "tls:cert=a.pem|cert and key belong together: found only cert",
        "tls:key=a.pem|cert and key belong together: found only key",
        "tls:password=x|tls takes host, port, cert, key, trust, name, not [password]",
        "unix|unix needs a path, as unix:path=",
        "unix:mode=600|unix needs a path",
        "unix:a:b|expected NAME=VALUE, found 'b'",
        "unix:a:path=b|path is given twice",
        "unix:/a:mode=8|mode '8' is not an octal number such as 660",
        "unix:/a:mode=1777|mode 01777: expected 0 to 0777",
      })
  void whatIsNoneIsRefusedByName(String text, String why) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint '" + text + "'")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tls:port=0|a server needs a certificate: add cert=FILE:key=FILE",
        "tls:cert=a:key=b:name=c|name is what a client expects of a server",
      })
  void whatMakesNoSenseForAServerIsRefusedByName(String text, String why) {
    assertThatThrownBy(() -> PbServer.at(text).root(new Desk()).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
