// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

/** Hears how far a transfer is. Called on the thread that transfers; cheap. */
public interface TransferProgress {

  /** So many bytes of the file are over there, those of earlier logins included. */
  void moved(long bytes);
}
