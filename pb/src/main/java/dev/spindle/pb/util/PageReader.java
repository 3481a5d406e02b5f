// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import org.jspecify.annotations.Nullable;

/** Pages that are waited for. Read by one thread at a time; may be closed by another meanwhile. */
interface PageReader extends AutoCloseable {

  /** The next page, or null at the end. */
  byte @Nullable [] read() throws Exception;
}
