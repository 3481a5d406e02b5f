// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/**
 * Something that was asked of the farm cannot be done. The text is for the user and names the
 * input.
 */
public final class FarmException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kind of refusal. Stable names: programs may compare them. */
  public enum Code {
    /** The request itself is wrong. */
    INVALID,
    NO_SUCH_JOB,
    NO_SUCH_WORKER,
    /** The worker is registered but not there. */
    NOT_CONNECTED,
    /** A second machine uses a name that is taken. */
    NAME_TAKEN,
    /** The depot does not have the content, or the job has no file of that name. */
    MISSING_FILE,
    /** The assignment is no longer valid. */
    STALE,
    DISK_FULL,
    /** A limit of the farm is reached; later may work. */
    BUSY,
    /** The farm is ending, or its disk failed. */
    UNAVAILABLE
  }

  private final Code code;

  public FarmException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public FarmException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
