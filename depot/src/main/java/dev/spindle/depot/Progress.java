// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

/** Hears how a transfer goes. Called on the transfer's thread for every piece: be quick. */
@FunctionalInterface
public interface Progress {
  /** For who does not want to know. */
  Progress NONE = (bytesDone, bytesTotal) -> {};

  /**
   * @param bytesDone bytes that are over, earlier tries included
   * @param bytesTotal the file's size
   */
  void at(long bytesDone, long bytesTotal);
}
