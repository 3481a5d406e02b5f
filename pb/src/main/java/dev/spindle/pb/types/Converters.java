// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

/**
 * Finds how declared Java types travel, with what is registered at an endpoint: plain types as they
 * are, collections, maps and arrays by their members, enums by the text of their name, {@code
 * Optional} and what is annotated {@code @Nullable} as None or the value, a record as the copy that
 * it was registered as and else as a dict of its components, a {@link Remote} interface as a
 * reference.
 *
 * <p>Thread: any. One for each {@link Types}. Keeps nothing of the classes that it is asked about.
 */
public final class Converters {
  private final Registered registered;

  Converters(Registered registered) {
    this.registered = registered;
  }

  /** The types that are declared in a class, for as long as something is made of them. */
  public DeclaredTypes seenFrom(Class<?> type) {
    return new DeclaredTypes(new ConverterSearch(registered), TypeArguments.seenFrom(type));
  }

  /**
   * How a class travels, without type arguments.
   *
   * @throws IllegalArgumentException when no object of it can travel, with the reason
   */
  public Converter of(Class<?> type) {
    return of(DeclaredType.of(type));
  }

  Converter of(DeclaredType type) {
    return new ConverterSearch(registered).of(type);
  }

  RecordShape shapeOf(Class<?> record) {
    return new ConverterSearch(registered).record(DeclaredType.of(record)).shape();
  }

  FieldShape fieldsOf(Class<?> type) {
    return new ConverterSearch(registered).fields(type);
  }
}
