// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.Grant;
import java.io.IOException;

/** Asks for grants for one file in one direction: each login needs a fresh one. */
@FunctionalInterface
public interface GrantSource {
  /**
   * A grant that names its host. Called on the transfer's thread; may block. An unchecked exception
   * ends the transfer and comes out of it as it is.
   *
   * @throws IOException when it could not be asked for just now; the transfer tries again
   */
  Grant next() throws IOException, InterruptedException;
}
