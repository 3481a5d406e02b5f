// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.RefusedValueException;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import dev.spindle.pb.jelly.TagReader;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code [tag state]} as an object of ours. What the user's code throws refuses the value.
 *
 * <p>Source: reference, section 11.1.
 */
abstract class CopyReader implements TagReader {
  private final String tag;

  private CopyReader(String tag) {
    this.tag = tag;
  }

  /** Makes the object from its whole state. It cannot be part of its own state. */
  static CopyReader making(String tag, Function<@Nullable Object, ?> fromState) {
    return new CopyReader(tag) {
      @Override
      @Nullable Object readState(Object expression, JellyReader reader)
          throws RefusedValueException {
        Object state = reader.part(expression);
        return reader.valueWhenRead(() -> guarded(() -> fromState.apply(state)));
      }
    };
  }

  /** Makes the object first and gives it its state later, so that cycles close. */
  static <T> CopyReader filling(String tag, Supplier<? extends T> factory, StateSetter<T> setter) {
    return new CopyReader(tag) {
      @Override
      @Nullable Object readState(Object expression, JellyReader reader)
          throws RefusedValueException {
        T object = guarded(factory::get);
        reader.begin(object);
        Object state = reader.part(expression);
        reader.whenRead(
            () ->
                guarded(
                    () -> {
                      setter.set(object, state);
                      return object;
                    }));
        return object;
      }
    };
  }

  /** Gives an object the state that arrived. */
  @FunctionalInterface
  interface StateSetter<T> {
    void set(T object, @Nullable Object state);
  }

  abstract @Nullable Object readState(Object state, JellyReader reader)
      throws RefusedValueException;

  @Override
  public final @Nullable Object read(BananaList expression, JellyReader reader)
      throws RefusedValueException {
    if (expression.size() < 2) {
      throw new RefusedValueException(Fault.INDEX, "a copy of " + tag + " without state");
    }
    return readState(expression.get(1), reader);
  }

  final <T> T guarded(Supplier<T> users) throws RefusedValueException {
    try {
      T made = users.get();
      if (made == null) {
        throw new RefusedValueException(Fault.VALUE, "a copy of " + tag + " became nothing");
      }
      return made;
    } catch (MismatchException e) {
      throw new RefusedValueException(Fault.TYPE, "a copy of " + tag + ": " + e.getMessage());
    } catch (RuntimeException e) {
      throw new RefusedValueException(Fault.VALUE, "a copy of " + tag + ": " + e);
    }
  }
}
