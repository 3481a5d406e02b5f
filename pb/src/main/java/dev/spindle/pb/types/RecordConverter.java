// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.Tuple;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record: the copy that it was registered as, a tuple if it says so, else a dict of its
 * components.
 */
final class RecordConverter extends Converter {
  private final Class<?> type;
  private final boolean isSentAsCopy;
  private final boolean isTuple;
  private final @Nullable ByteString tag;
  private @Nullable RecordShape shape;

  /** How a copy is read and written by who does not know its type arguments; null without any. */
  private @Nullable RecordConverter erased;

  RecordConverter(Class<?> type, Registered registered) {
    this.type = type;
    this.isSentAsCopy = registered.isSent(type);
    this.isTuple = type.isAnnotationPresent(AsTuple.class);
    this.tag = registered.tagOf(type);
  }

  /** Called once, before anybody else knows the converter. */
  void resolve(RecordShape found, ConverterSearch search) {
    shape = found;
    if (tag != null && found.hasArguments()) {
      erased = search.record(DeclaredType.of(type));
    }
  }

  RecordShape shape() {
    return java.util.Objects.requireNonNull(shape, "a record that is still being looked at");
  }

  @Override
  Object read(@Nullable Object wire, Conversion whole) {
    if (type.isInstance(wire)) {
      return erased == null ? wire : reread(wire, erased.shape(), whole);
    }
    if (JellyReader.isUnmade(wire)) {
      throw mismatch(wire);
    }
    if (wire == null || !(isTuple ? wire instanceof List : wire instanceof Map)) {
      throw mismatch(wire);
    }
    Object known = whole.known(this, wire);
    return known != null ? known : whole.made(this, wire, 1, made(wire, whole));
  }

  /** A copy was made before it was known of what. */
  private Object reread(Object copy, RecordShape unknowing, Conversion whole) {
    return made(unknowing.attributes(copy, whole), whole);
  }

  private Object made(Object parts, Conversion whole) {
    whole.enter();
    try {
      return parts instanceof Map<?, ?> attributes
          ? shape().made(Attributes.view(attributes), whole)
          : shape().made((List<?>) parts, whole);
    } catch (MismatchException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new MismatchException("must be a " + type.getSimpleName() + ": " + e.getMessage());
    } finally {
      whole.leave();
    }
  }

  @Override
  Object write(@Nullable Object value, Conversion whole) {
    if (!type.isInstance(value)) {
      throw mismatch(value);
    }
    if (isSentAsCopy && erased == null) {
      return value;
    }
    whole.enter();
    try {
      if (isTuple && !isSentAsCopy) {
        return Tuple.of(shape().components(value, whole));
      }
      Map<String, @Nullable Object> attributes = shape().attributes(value, whole);
      return tag == null ? attributes : new PreparedCopy(tag, attributes);
    } finally {
      whole.leave();
    }
  }

  @Override
  public String pythonName() {
    return isSentAsCopy ? type.getSimpleName() : isTuple ? "tuple" : "dict";
  }

  @Override
  Converter hashed() {
    if (!isSentAsCopy && !isTuple) {
      throw new IllegalArgumentException(
          "Python cannot hash a dict, which "
              + type.getSimpleName()
              + " is: register it as a copy, or annotate it @AsTuple");
    }
    return this;
  }
}
