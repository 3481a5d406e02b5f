// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import java.util.concurrent.CompletionException;

/** What stages failed with, without what the stages put around it. */
final class Causes {
  private Causes() {}

  static Throwable of(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? of(cause) : error;
  }
}
