// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import org.jspecify.annotations.Nullable;

/** A grant in use. Ends once, from either side. */
final class Login {
  private final GrantedFile file;
  private @Nullable Runnable connection; // guarded by this
  private boolean ended; // guarded by this

  Login(GrantedFile file) {
    this.file = file;
  }

  GrantedFile file() {
    return file;
  }

  /** Names what to close when the login ends; closes it at once when it has. */
  void bind(Runnable closeConnection) {
    synchronized (this) {
      connection = closeConnection;
      if (!ended) {
        return;
      }
    }
    closeConnection.run();
  }

  void end() {
    Runnable close;
    synchronized (this) {
      close = ended ? null : connection;
      ended = true;
    }
    if (close != null) {
      close.run();
    }
  }
}
