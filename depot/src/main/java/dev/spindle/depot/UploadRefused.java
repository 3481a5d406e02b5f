// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;

/** Why bytes of an incoming file are not taken. The text goes to the client as it is. */
final class UploadRefused extends IOException {
  private static final long serialVersionUID = 1;

  /** What the client should do about it. */
  enum Kind {
    /** More bytes than were granted. */
    TOO_LONG,
    /** All bytes are here and are not what was promised. */
    WRONG_HASH,
    /** The holder's grants were ended. */
    REVOKED,
    /** No space for more; what is here stays. */
    DISK_FULL,
    /** The disk failed. */
    DISK_FAILED
  }

  private final Kind kind;

  UploadRefused(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  UploadRefused(Kind kind, String message, IOException cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
