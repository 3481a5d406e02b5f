// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Who is counted as one by where they come from. */
public final class RemoteNetwork {
  /** What one customer has of IPv6, at least: whoever has an address has all others with these. */
  private static final int IPV6_PREFIX_BYTES = 8;

  private RemoteNetwork() {}

  /**
   * The network of an address: an IPv4 address itself, the first 64 bits of an IPv6 one.
   *
   * @return empty for what has no such address, as a Unix socket
   */
  public static Optional<InetAddress> of(SocketAddress from) {
    if (!(from instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return Optional.empty();
    }
    InetAddress address = inet.getAddress();
    return Optional.of(address instanceof Inet6Address ? prefix(address.getAddress()) : address);
  }

  private static InetAddress prefix(byte[] address) {
    Arrays.fill(address, IPV6_PREFIX_BYTES, address.length, (byte) 0);
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an IPv6 address of " + address.length + " bytes", e);
    }
  }
}
