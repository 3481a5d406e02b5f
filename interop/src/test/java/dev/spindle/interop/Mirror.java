// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Answers with its argument, and remembers how that looked. {@code shown.py} has its twin.
 *
 * <p>Thread: the connection's.
 */
final class Mirror implements Referenceable {
  private @Nullable String seen;

  @Exposed
  @Nullable Object echo(@Nullable Object value) {
    seen = JavaText.of(value);
    return value;
  }

  /** How the last one looked; null when none came. */
  @Exposed
  @Nullable String seen() {
    String last = seen;
    seen = null;
    return last;
  }

  /** The same with arguments of declared types. */
  Referenceable declared() {
    Object reflecting =
        Proxy.newProxyInstance(
            Declared.class.getClassLoader(),
            new Class<?>[] {Declared.class},
            (proxy, method, arguments) -> echo(arguments[0]));
    return Referenceable.of(Declared.class, (Declared) reflecting);
  }
}
