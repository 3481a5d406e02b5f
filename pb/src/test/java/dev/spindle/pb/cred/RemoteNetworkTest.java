// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::",
    "2001:db8:1:2::, 2001:db8:1:2::",
    "2001:db8:1:3::1, 2001:db8:1:3::",
    "::ffff:10.0.0.1, 10.0.0.1",
  })
  void whoHasAnAddressOfIpv6HasAllOfItsNetwork(String address, String network) throws Exception {
    assertThat(RemoteNetwork.of(new InetSocketAddress(InetAddress.getByName(address), 1)))
        .contains(InetAddress.getByName(network));
  }

  @Test
  void whatHasNoAddressHasNoNetwork() {
    assertThat(RemoteNetwork.of(UnixDomainSocketAddress.of("/run/x"))).isEmpty();
    assertThat(RemoteNetwork.of(InetSocketAddress.createUnresolved("nowhere", 1))).isEmpty();
  }
}
