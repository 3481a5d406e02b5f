// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects that every connection of an endpoint can call by a name of their own, beside {@code
 * root}. They come and go while connections are live: what is published can be called at once, what
 * is withdrawn no longer, and neither side starts again for it.
 *
 * <p>The other side reaches one by {@link PbConnection#service}, or Twisted's {@code
 * broker.remoteForName}. Thread: any. One may serve many endpoints.
 *
 * <p>Source: reference, section 10.3.
 */
public final class Services {
  private static final String ROOT = "root";

  private final Map<ByteString, Referenceable> byName = new ConcurrentHashMap<>();

  /** None yet. */
  public Services() {}

  /**
   * Publishes an object, in the place of what had the name before.
   *
   * @throws IllegalArgumentException when the name is {@code root}, which the endpoint gives itself
   */
  public Services publish(String name, Referenceable object) {
    if (name.equals(ROOT)) {
      throw new IllegalArgumentException("the name 'root' is the root object's: choose another");
    }
    byName.put(ByteString.utf8(name), object);
    return this;
  }

  /** Takes a name back. Calls under way are still answered. */
  public void withdraw(String name) {
    byName.remove(ByteString.utf8(name));
  }

  @Nullable Referenceable find(ByteString name) {
    return byName.get(name);
  }
}
