// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

/**
 * Where a depot's FTP server listens, and as what it is known.
 *
 * @param bindHost address to listen on; empty for all
 * @param port FTP port; 0 for any free one
 * @param passivePorts where data connections are awaited
 * @param advertisedHost the address to name in grants and in answers to PASV, for a depot behind
 *     address translation; empty for the one that the client reached
 */
public record DepotAddress(
    String bindHost, int port, PortRange passivePorts, String advertisedHost) {

  /** 127.0.0.1, any port. */
  public static final DepotAddress LOOPBACK = at("127.0.0.1", 0);

  private static final int HIGHEST_PORT = 65535;

  public DepotAddress {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("FTP port " + port + ": expected 0 to " + HIGHEST_PORT);
    }
  }

  public static DepotAddress at(String bindHost, int port) {
    return new DepotAddress(bindHost, port, PortRange.EPHEMERAL, "");
  }

  public DepotAddress withPassivePorts(PortRange range) {
    return new DepotAddress(bindHost, port, range, advertisedHost);
  }

  public DepotAddress withAdvertisedHost(String host) {
    return new DepotAddress(bindHost, port, passivePorts, host);
  }

  /** What a grant names: empty when only the client can tell. */
  String grantedHost() {
    return advertisedHost.isEmpty() && !isWildcard() ? bindHost : advertisedHost;
  }

  private boolean isWildcard() {
    return bindHost.isEmpty() || bindHost.equals("0.0.0.0") || bindHost.equals("::");
  }
}
