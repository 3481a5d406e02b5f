// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

/**
 * A transfer did not come to its end, and not because of the connection: the sender gave up, sent
 * something that is not a page, or more than was allowed. The connection stays.
 */
public final class PagingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PagingException(String message) {
    super(message);
  }

  PagingException(String message, Throwable cause) {
    super(message, cause);
  }
}
