// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What the other side's calls are made on, and on whose behalf.
 *
 * <p>Source: reference, section 10.1.
 */
final class Callee {
  /** Named as the other side names methods of that kind. */
  private enum Kind {
    REMOTE,
    PERSPECTIVE,
    VIEW,
    OBSERVE;

    String method(ByteString name) {
      return name().toLowerCase(java.util.Locale.ROOT) + "_" + name.utf8();
    }
  }

  private final Object object;
  private final Kind kind;
  private final @Nullable Object perspective;
  private final ExposedMethods methods;
  private final MethodTables tables;

  private Callee(Object exposed, Kind kind, @Nullable Object perspective, MethodTables tables) {
    this.object = objectOf(exposed);
    this.kind = kind;
    this.perspective = perspective;
    this.methods = tables.exposedOf(exposed);
    this.tables = tables;
  }

  /**
   * What a call of this method is made on: of an object whose methods come and go, the method as it
   * is now.
   */
  Callee toward(ByteString name) {
    if (!(object instanceof OpenObject open)) {
      return this;
    }
    FunctionMethod function = open.method(name);
    return function == null ? this : new Callee(function, kind, perspective, tables);
  }

  private static Object objectOf(Object exposed) {
    return exposed instanceof InterfaceExposure face ? face.own().object() : exposed;
  }

  static Callee of(Referenceable object, MethodTables tables) {
    if (object instanceof View view) {
      return new Callee(view.viewable(), Kind.VIEW, view.perspectiveOrNull(), tables);
    }
    if (object instanceof Exposure exposure) {
      Object exposed = exposure.object();
      return exposure.kind() == Exposure.Kind.PERSPECTIVE
          ? new Callee(exposed, Kind.PERSPECTIVE, objectOf(exposed), tables)
          : new Callee(exposed, Kind.REMOTE, null, tables);
    }
    return new Callee(object, Kind.REMOTE, null, tables);
  }

  static Callee ofCache(Object copy, MethodTables tables) {
    return new Callee(copy, Kind.OBSERVE, null, tables);
  }

  /** What the methods are called on. */
  Object object() {
    return object;
  }

  /** On whose behalf arguments are read and results are sent, or null. */
  @Nullable Object perspective() {
    return perspective;
  }

  /** Whether the names of keyword arguments may be byte strings (section 8.3). */
  boolean takesBytesAsKeywords() {
    return kind == Kind.REMOTE;
  }

  @Nullable ExposedMethod method(ByteString name) {
    return methods.find(object instanceof FunctionMethod ? FunctionMethod.CALL : name);
  }

  PbError noSuchMethod(ByteString name) {
    String method = kind.method(name);
    return kind == Kind.REMOTE
        ? Failures.python(
            "twisted.spread.flavors.NoSuchMethod",
            "No such method: " + method,
            "builtins.AttributeError")
        : Failures.python(
            "builtins.AttributeError",
            "'" + object.getClass().getSimpleName() + "' object has no attribute '" + method + "'");
  }
}
