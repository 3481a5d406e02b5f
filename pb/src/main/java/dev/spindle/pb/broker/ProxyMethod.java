// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import org.jspecify.annotations.Nullable;

/** What a method of a proxy does. */
@FunctionalInterface
interface ProxyMethod {

  /**
   * @param args the proxy's own array, which may be changed
   */
  @Nullable Object call(Object proxy, ProxyTarget target, @Nullable Object[] args) throws Throwable;
}
