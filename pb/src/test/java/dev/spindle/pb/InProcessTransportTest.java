// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class InProcessTransportTest extends TransportContract {
  private final Endpoint endpoint = Endpoint.inProcess("test");

  @Override
  Endpoint listening() {
    return endpoint;
  }

  @Override
  Endpoint dialing(PbServer server) {
    return server.endpoint();
  }

  @Test
  void aNameAloneFindsNobody() throws Exception {
    try (PbServer server = PbServer.at(endpoint).root(new Room()).start()) {
      assertThatThrownBy(() -> PbClient.to(Endpoint.inProcess("test")).connect())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot connect to in-process test");
      assertThatThrownBy(server::address)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in-process test has no port");
      assertThat(server.endpoint()).isSameAs(endpoint);
    }
  }

  @Test
  void twoServersCannotHaveOnePlace() throws Exception {
    try (PbServer first = PbServer.at(endpoint).root(new Room()).start()) {
      assertThatThrownBy(() -> PbServer.at(endpoint).root(new Room()).start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on in-process test");
      assertThat(first.connectionCount()).isZero();
    }
  }
}
