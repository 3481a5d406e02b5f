// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.vectors;

import java.lang.management.ManagementFactory;

/**
 * Sees to it that a long run keeps nothing: what is left on the heap after a collection does not
 * grow from one look to the next. Looks seldom, since that takes as long as many inputs.
 */
public final class SteadyHeap {
  private static final int INPUTS_A_LOOK = 50_000;

  /** At the first look not all classes are loaded that are ever needed. */
  private static final long LEEWAY_BYTES = 16 << 20;

  private int inputs;
  private long first;

  /** Called after each input. */
  public void check() {
    if (++inputs % INPUTS_A_LOOK != 0) {
      return;
    }
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    if (first == 0) {
      first = used;
    } else if (used > first + LEEWAY_BYTES) {
      throw new AssertionError(
          "%d bytes are left after %d inputs, and were %d after %d"
              .formatted(used, inputs, first, INPUTS_A_LOOK));
    }
  }
}
