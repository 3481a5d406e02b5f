// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

/**
 * The ports on which data connections are awaited.
 *
 * @param first lowest, or 0 with {@code last} 0 for whatever the system gives
 * @param last highest, inclusive
 */
public record PortRange(int first, int last) {
  /** The system chooses; for machines without a firewall between them. */
  public static final PortRange EPHEMERAL = new PortRange(0, 0);

  private static final int LOWEST = 1024;
  private static final int HIGHEST = 65535;

  public PortRange {
    boolean ephemeral = first == 0 && last == 0;
    if (!ephemeral && (first < LOWEST || last > HIGHEST || first > last)) {
      throw new IllegalArgumentException(
          "passive ports "
              + first
              + "-"
              + last
              + ": expected a range within "
              + LOWEST
              + "-"
              + HIGHEST);
    }
  }

  boolean isEphemeral() {
    return first == 0;
  }
}
