// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Moves one file between the depot and this machine. A cut transfer is resumed with a new grant
 * from the source; it is for the implementation to say how often. Blocks; an interrupt ends it.
 */
public interface FileTransfer {

  /**
   * Writes a file of the depot to {@code target}, which may hold the beginning of it. The caller
   * checks the content.
   *
   * @throws IOException naming the file, when it did not arrive whole
   */
  void fetch(GrantSource grants, StoredFile file, Path target, TransferProgress progress)
      throws IOException, InterruptedException;

  /**
   * Sends {@code source} from {@link dev.spindle.farm.Grant#offset} on, which may already be the
   * end. At least one grant is taken from the source, since the grant is what offers the file.
   *
   * @throws IOException naming the file, when it was not sent whole
   */
  void send(GrantSource grants, Path source, StoredFile file, TransferProgress progress)
      throws IOException, InterruptedException;
}
