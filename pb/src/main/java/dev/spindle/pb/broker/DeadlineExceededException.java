// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.time.Duration;

/**
 * A call took longer than it was given. If it was sent, whether it was or will be carried out is
 * not known: the other side is not told, and its late answer is dropped.
 */
public final class DeadlineExceededException extends PbException {
  private static final long serialVersionUID = 1;

  private final String method;
  private final Duration deadline;
  private final String peer;
  private final boolean sent;

  /**
   * @param method what was called
   * @param deadline the time that it was given
   * @param peer who was called
   * @param sent whether it had been sent when the time was over
   */
  public DeadlineExceededException(String method, Duration deadline, String peer, boolean sent) {
    super(
        (sent ? "no answer of '" : "could not send '")
            + method
            + "' "
            + (sent ? "from " : "to ")
            + peer
            + " within "
            + seconds(deadline));
    this.method = method;
    this.deadline = deadline;
    this.peer = peer;
    this.sent = sent;
  }

  private static String seconds(Duration time) {
    return time.toNanos() % 1_000_000_000 == 0
        ? time.toSeconds() + " s"
        : time.toNanos() / 1e6 + " ms";
  }

  /** What was called. */
  public String method() {
    return method;
  }

  /** The time that it was given. */
  public Duration deadline() {
    return deadline;
  }

  /** Who was called: the address of the other side. */
  public String peer() {
    return peer;
  }

  /** False when it was still waiting to be sent, so that it is certain not to be carried out. */
  public boolean wasSent() {
    return sent;
  }
}
