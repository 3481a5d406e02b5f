// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.Converters;
import dev.spindle.pb.types.OwnObject;
import dev.spindle.pb.types.Types;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What of classes is exposed and how interfaces are called, worked out once for an endpoint's
 * types. The tables hang on the classes themselves, and know nothing of who made them: neither a
 * class nor the types are kept for their sake.
 *
 * <p>Thread: any.
 */
final class MethodTables {
  private final ClassValue<ExposedMethods> exposed;
  private final ClassValue<Map<Class<?>, ExposedMethods>> exposedByInterface;
  private final ClassValue<RemoteInterface> called;
  private final Converters converters;

  private MethodTables(Converters converters) {
    this.converters = converters;
    exposed = table(type -> ExposedMethods.marked(type, converters));
    // By the class, which knows its interfaces, so that neither table keeps the other's class.
    exposedByInterface = table(type -> new ConcurrentHashMap<>());
    called = table(type -> RemoteInterface.of(type, converters));
  }

  static MethodTables of(Types types) {
    return types.derived(MethodTables.class, known -> new MethodTables(known.converters()));
  }

  private interface Maker<T> {
    T make(Class<?> type);
  }

  private static <T> ClassValue<T> table(Maker<T> maker) {
    return new ClassValue<>() {
      @Override
      protected T computeValue(Class<?> type) {
        return maker.make(type);
      }
    };
  }

  /**
   * What can be called of an object that is exposed.
   *
   * @throws IllegalArgumentException when its class exposes what cannot be, naming the method
   */
  ExposedMethods exposedOf(Object object) {
    return object instanceof InterfaceExposure face
        ? exposedOf(face.own())
        : exposed.get(object.getClass());
  }

  private ExposedMethods exposedOf(OwnObject own) {
    Class<?> type = own.object().getClass();
    return exposedByInterface
        .get(type)
        .computeIfAbsent(own.face(), face -> ExposedMethods.of(face, type, converters));
  }

  /**
   * How an interface is called.
   *
   * @throws IllegalArgumentException when it cannot be, naming the method
   */
  RemoteInterface called(Class<?> face) {
    return called.get(face);
  }
}
