// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Mutual, so that both ends have certificates. */
class TlsTransportTest extends TransportContract {
  @TempDir Path folder;

  private Authority authority;
  private Authority.Issued server;
  private Authority.Issued client;

  @BeforeEach
  void issue() throws IOException {
    authority = new Authority(folder, "authority");
    server = authority.issue("localhost");
    client = authority.issue("worker");
  }

  @Override
  Endpoint listening() {
    return Endpoint.tls("127.0.0.1", 0)
        .identity(server.cert(), server.key())
        .trust(authority.file());
  }

  @Override
  Endpoint dialing(PbServer running) {
    return Endpoint.tls("127.0.0.1", running.address().getPort())
        .identity(client.cert(), client.key())
        .trust(authority.file());
  }
}
