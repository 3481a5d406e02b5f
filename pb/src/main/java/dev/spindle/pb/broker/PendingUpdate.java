// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call of ours on the other side's copy of a cache. */
final class PendingUpdate extends PendingCall {
  private final Observer observer;

  PendingUpdate(
      Broker broker,
      Observer observer,
      ByteString method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords,
      boolean wanted) {
    super(broker, method, args, keywords, wanted, Answer.ANY);
    this.observer = observer;
  }

  Observer observer() {
    return observer;
  }

  @Override
  ByteString command() {
    return Messages.CACHEMESSAGE;
  }

  @Override
  Object targetId() {
    return observer.number();
  }

  @Override
  @Nullable Object perspective() {
    return observer.perspectiveOrNull();
  }
}
