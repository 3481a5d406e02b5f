// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call of ours on an object of the other side, which it keeps from being let go of. */
final class PendingMessage extends PendingCall {
  private final RemoteReference target;

  PendingMessage(
      Broker broker,
      RemoteReference target,
      ByteString method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords,
      boolean wanted,
      Answer answer) {
    super(broker, method, args, keywords, wanted, answer);
    this.target = target;
  }

  RemoteReference target() {
    return target;
  }

  @Override
  ByteString command() {
    return Messages.MESSAGE;
  }

  @Override
  Object targetId() {
    return target.holding().id;
  }

  @Override
  @Nullable Object perspective() {
    return target.perspective();
  }
}
