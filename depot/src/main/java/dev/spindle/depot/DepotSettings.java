// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.nio.file.Path;

/**
 * Where a depot keeps its files, where it is reached, and what it puts up with.
 *
 * @param folder holds {@code objects/} and {@code incoming/}; made when missing, mode 0700
 * @param address where its FTP server listens
 * @param limits times and numbers
 */
public record DepotSettings(Path folder, DepotAddress address, DepotLimits limits) {

  /** On loopback, any port, usual limits. */
  public static DepotSettings in(Path folder) {
    return new DepotSettings(folder, DepotAddress.LOOPBACK, DepotLimits.USUAL);
  }

  public DepotSettings with(DepotAddress newAddress) {
    return new DepotSettings(folder, newAddress, limits);
  }

  public DepotSettings with(DepotLimits newLimits) {
    return new DepotSettings(folder, address, newLimits);
  }
}
