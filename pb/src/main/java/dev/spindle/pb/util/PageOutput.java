// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;

/** Where pages are written to by threads that may wait for it; one at a time. */
@FunctionalInterface
interface PageOutput {

  void write(ByteString page) throws Exception;

  /** Everything has been written. */
  default void close() throws Exception {}

  /** No more will be written, though it is not everything. */
  default void abort() throws Exception {}
}
