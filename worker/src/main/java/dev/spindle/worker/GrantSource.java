// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.Grant;
import java.io.IOException;

/** Gives a new grant for the same file each time; a grant is good for one login. */
public interface GrantSource {

  /**
   * Asks the controller for a grant, and waits while it cannot be reached.
   *
   * @throws IOException when there will be none; whoever transfers must give up and throw it on
   */
  Grant next() throws IOException, InterruptedException;
}
