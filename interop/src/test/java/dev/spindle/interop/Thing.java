// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;

/** An object whose identity is all there is to it. */
final class Thing implements Referenceable {
  private final String name;

  Thing(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  @Exposed
  String ping() {
    return "pong";
  }
}
