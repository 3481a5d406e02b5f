// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who want to be told once that the connection has ended. Thread: the connection's. */
final class EndListeners {
  private final List<Consumer<ConnectionLostException>> listeners = new ArrayList<>();
  private @Nullable ConnectionLostException ended;

  /**
   * An endpoint that is just ending may run a task and refuse it: whoever registers does so in both
   * cases.
   */
  static Consumer<ConnectionLostException> once(Consumer<ConnectionLostException> listener) {
    AtomicBoolean told = new AtomicBoolean();
    return why -> {
      if (!told.getAndSet(true)) {
        UserCode.run(() -> listener.accept(why));
      }
    };
  }

  /** Tells at once if it has ended. */
  void add(Consumer<ConnectionLostException> listener) {
    if (ended != null) {
      listener.accept(ended);
    } else {
      listeners.add(listener);
    }
  }

  void tell(ConnectionLostException why) {
    ended = why;
    List<Consumer<ConnectionLostException>> told = List.copyOf(listeners);
    listeners.clear();
    told.forEach(listener -> listener.accept(why));
  }
}
