// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file could not be fetched or delivered. The text names the file, the reason and the mend. */
public final class TransferException extends IOException {
  private static final long serialVersionUID = 1;

  /** What stood in the way. */
  public enum Reason {
    /** The depot could not be reached, or the connection broke time and again. */
    CUT_OFF(true),
    /** The depot's disk is full. */
    DEPOT_FULL(true),
    /** The file on this machine could not be read or written. */
    LOCAL_FILE(true),
    /** {@link FtpTransfer#close} was called. */
    CLOSED(true),
    /** The depot said no; it will say so again. */
    REFUSED(false),
    /** What was fetched, twice, is not what was promised. */
    HASH_MISMATCH(false),
    /** The file to be delivered is not the one that was offered. */
    SOURCE_CHANGED(false);

    private final boolean worthRetrying;

    Reason(boolean worthRetrying) {
      this.worthRetrying = worthRetrying;
    }
  }

  private final Reason reason;

  TransferException(String file, Reason reason, String text, @Nullable Throwable cause) {
    super(file + ": " + text, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Whether another attempt, later or elsewhere, may succeed. */
  public boolean worthRetrying() {
    return reason.worthRetrying;
  }
}
