// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FarmException;
import java.io.IOException;
import java.util.Optional;

/**
 * Ends an attempt before its time. An {@link IOException}, so that it passes through a file
 * transfer that asks for a grant.
 */
final class AttemptOver extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Optional<AttemptEnd.Failed> end;

  private AttemptOver(String message, Optional<AttemptEnd.Failed> end) {
    super(message);
    this.end = end;
  }

  static AttemptOver failed(String why, boolean retry) {
    return of(new AttemptEnd.Failed(why, retry));
  }

  static AttemptOver of(AttemptEnd.Failed end) {
    return new AttemptOver(end.why(), Optional.of(end));
  }

  /** The assignment is no longer valid: nothing is reported. */
  static AttemptOver gone() {
    return new AttemptOver("the assignment is no longer valid", Optional.empty());
  }

  /** What a refused report means for the attempt. */
  static AttemptOver refused(FarmException refusal) {
    return switch (refusal.code()) {
      case STALE, NO_SUCH_JOB -> gone();
      case INVALID, MISSING_FILE -> failed(refusal.getMessage(), false);
      default -> failed(refusal.getMessage(), true);
    };
  }

  /** What to report; empty when nothing may be reported. */
  Optional<AttemptEnd.Failed> end() {
    return end;
  }
}
