// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import org.jspecify.annotations.Nullable;

/** An object of ours in the table of what the other side may call. */
final class Export {
  /** A Long number or a name. */
  final Object id;

  private final Referenceable referenceable;
  private final Object object;
  private final ExposedMethods methods;

  /** Occurrences sent and not yet paid back. */
  int count;

  /**
   * Calls of ours that mention this object and are not yet answered. While there are any, {@code
   * [local n]} still finds it: Twisted may send its decref before the answer that returns the
   * object (reference, section 10.4).
   */
  int mentions;

  Export(Object id, Referenceable referenceable, MethodTables tables) {
    this.id = id;
    this.referenceable = referenceable;
    Object exposed = referenceable instanceof Exposure own ? own.object() : referenceable;
    this.object = exposed instanceof InterfaceExposure face ? face.own().object() : exposed;
    this.methods = tables.exposedOf(exposed);
  }

  Referenceable referenceable() {
    return referenceable;
  }

  /** What the methods are called on, and what comes home. */
  Object object() {
    return object;
  }

  @Nullable ExposedMethod method(ByteString name) {
    return methods.find(name);
  }

  PbError noSuchMethod(ByteString name) {
    boolean perspective =
        referenceable instanceof Exposure exposure && exposure.kind() == Exposure.Kind.PERSPECTIVE;
    return perspective
        ? Failures.python(
            "builtins.AttributeError",
            "'"
                + object().getClass().getSimpleName()
                + "' object has no attribute 'perspective_"
                + name.utf8()
                + "'")
        : Failures.python(
            "twisted.spread.flavors.NoSuchMethod",
            "No such method: remote_" + name.utf8(),
            "builtins.AttributeError");
  }

  void released() {
    if (referenceable instanceof Exposure exposure) {
      exposure.released();
    } else if (referenceable instanceof ReferenceListener listener) {
      UserCode.run(listener::unreferenced);
    }
  }
}
