// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our copy of an object of the other side, which keeps it up to date: it gets the state once, then
 * the other side calls its exposed methods with whatever changes, in order. Registered by {@link
 * Types.Builder#caches}.
 *
 * <p>Threads: all this on the connection's thread, so a copy that others read must allow for it;
 * nothing of it may block.
 *
 * <p>Source: reference, section 11.2.
 */
public interface RemoteCache {

  /**
   * Takes the whole state, once, before any update.
   *
   * @param state what the owner chose, usually a dict of attributes. What this throws refuses the
   *     value in which the copy arrived
   */
  void setState(@Nullable Object state);

  /**
   * A state that is a dict of attributes, by name.
   *
   * @throws MismatchException when it is none
   */
  static Map<String, @Nullable Object> attributes(@Nullable Object state) {
    return Attributes.of(state);
  }
}
