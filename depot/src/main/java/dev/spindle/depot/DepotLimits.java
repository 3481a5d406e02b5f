// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.time.Duration;

/**
 * What a depot puts up with.
 *
 * @param grantValidity how long a grant waits for its login
 * @param reserveBytes disk space that incoming files leave free
 * @param maxLogins logins at once
 * @param idle silence after which a control or a data connection is dropped
 * @param loginDeadline time from connecting to being logged in
 * @param maxUnfinished grants not yet used, and likewise files not yet whole, at once
 */
public record DepotLimits(
    Duration grantValidity,
    long reserveBytes,
    int maxLogins,
    Duration idle,
    Duration loginDeadline,
    int maxUnfinished) {

  /** Long enough for a worker that queues its transfers. */
  public static final Duration GRANT_VALIDITY = Duration.ofMinutes(5);

  /** 64 MiB: room for the controller's own database and logs. */
  public static final long RESERVE_BYTES = 64L << 20;

  /** One thread each at most. */
  public static final int MAX_LOGINS = 64;

  public static final Duration IDLE = Duration.ofSeconds(60);

  public static final Duration LOGIN_DEADLINE = Duration.ofSeconds(30);

  public static final int MAX_UNFINISHED = 10_000;

  public static final DepotLimits USUAL =
      new DepotLimits(
          GRANT_VALIDITY, RESERVE_BYTES, MAX_LOGINS, IDLE, LOGIN_DEADLINE, MAX_UNFINISHED);

  public DepotLimits {
    positive("grant validity", grantValidity);
    positive("idle limit", idle);
    positive("login deadline", loginDeadline);
    if (reserveBytes < 0) {
      throw new IllegalArgumentException("disk reserve " + reserveBytes + " bytes is negative");
    }
    if (maxLogins < 1 || maxUnfinished < 1) {
      throw new IllegalArgumentException(
          "logins at once "
              + maxLogins
              + ", unfinished grants "
              + maxUnfinished
              + ": expected at least 1 of each");
    }
  }

  public DepotLimits withReserveBytes(long bytes) {
    return new DepotLimits(grantValidity, bytes, maxLogins, idle, loginDeadline, maxUnfinished);
  }

  private static void positive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " " + value + ": expected more than nothing");
    }
  }
}
