// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import org.jspecify.annotations.Nullable;

/**
 * Where an error arose on the other side, as the cause of the exception here: so it is shown by
 * whatever shows exceptions.
 */
final class RemoteTraceback extends Exception {
  private static final long serialVersionUID = 1;

  /** Longest text shown, in characters: of a longer one the end, where the error is. */
  private static final int MAX_SHOWN = 16 * 1024;

  private RemoteTraceback(String text) {
    super(text, null, false, false);
  }

  /** Null when the other side does not send them, which is usual. */
  static @Nullable RemoteTraceback of(String traceback) {
    String text = traceback.stripTrailing();
    if (text.isEmpty() || traceback.equals(Traceback.NONE)) {
      return null;
    }
    int from = Math.max(0, text.length() - MAX_SHOWN);
    return new RemoteTraceback((from > 0 ? "…" : "") + text.substring(from));
  }

  @Override
  public String toString() {
    return "remote " + getMessage();
  }
}
