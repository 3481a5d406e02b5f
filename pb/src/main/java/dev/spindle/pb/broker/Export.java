// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/** An object of ours in the table of what the other side may call. */
final class Export extends Counted {
  private final Exports table;
  private final Referenceable referenceable;
  private final Object object;
  private final Callee callee;

  Export(Object id, Referenceable referenceable, Exports table, MethodTables methods) {
    super(id);
    this.table = table;
    this.referenceable = referenceable;
    Object exposed = referenceable instanceof Exposure own ? own.object() : referenceable;
    this.object = exposed instanceof InterfaceExposure face ? face.own().object() : exposed;
    this.callee = Callee.of(referenceable, methods);
  }

  Referenceable referenceable() {
    return referenceable;
  }

  /** What calls are made on. */
  Callee callee() {
    return callee;
  }

  /** What comes home. */
  Object object() {
    return object;
  }

  @Override
  void unsent() {
    table.retire(this);
  }

  @Override
  void forget() {
    table.forget(this);
  }

  void released() {
    if (referenceable instanceof Exposure exposure) {
      exposure.released();
    } else if (referenceable instanceof ReferenceListener listener) {
      UserCode.run(listener::unreferenced);
    }
  }
}
