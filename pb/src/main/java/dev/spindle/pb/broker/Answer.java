// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import org.jspecify.annotations.Nullable;

/** What a caller wants of an answer. */
interface Answer {
  /** Takes what comes. */
  Answer ANY = value -> value;

  /**
   * @throws AnswerMismatchException when the caller cannot use the value that arrived
   */
  @Nullable Object read(@Nullable Object value);
}
