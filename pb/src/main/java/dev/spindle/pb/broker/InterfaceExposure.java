// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.OwnObject;

/** An object of which the methods of one interface can be called. Equal by both. */
record InterfaceExposure(OwnObject own) implements Referenceable {
  @Override
  public String toString() {
    return own.toString();
  }
}
