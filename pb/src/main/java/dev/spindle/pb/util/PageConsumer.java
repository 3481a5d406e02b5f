// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;

/** Takes pages one by one. */
@FunctionalInterface
public interface PageConsumer {

  /**
   * Takes the next page. May block; called by one thread at a time.
   *
   * @throws Exception which fails the transfer
   */
  void accept(ByteString page) throws Exception;
}
