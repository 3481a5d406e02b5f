// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;

/** How many bytes may still be written to the depot's disk. */
@FunctionalInterface
interface FreeSpace {
  long bytes() throws IOException;
}
