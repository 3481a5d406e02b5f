// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.jelly.RefusedValueException.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The numbered objects of one value while it is read, and what must wait until it has been read.
 *
 * <p>A {@code dereference} may come before its {@code reference}; the place where it stands is then
 * filled in later. Source: reference, section 6.5.
 */
final class References {
  private static final Object NULL = new Object();

  private final Map<Object, Object> defined = new HashMap<>();
  private final Map<Object, Pending> pending = new HashMap<>();
  private final List<JellyReader.Completion> completions = new ArrayList<>();

  /** Stands for an object that has not been read, or cannot be made before its parts are known. */
  static final class Pending {
    private final List<Consumer<@Nullable Object>> places = new ArrayList<>();
    private @Nullable Object value;
    private boolean known;

    /** Fills a place once the object is known. */
    void whenKnown(Consumer<@Nullable Object> place) {
      if (known) {
        place.accept(value);
      } else {
        places.add(place);
      }
    }

    void become(@Nullable Object object) {
      value = object;
      known = true;
      places.forEach(place -> place.accept(object));
      places.clear();
    }

    boolean isKnown() {
      return known;
    }

    @Nullable Object value() {
      return value;
    }
  }

  void define(Object number, @Nullable Object value) throws RefusedValueException {
    if (defined.putIfAbsent(number, value == null ? NULL : value) != null) {
      throw new RefusedValueException(
          Fault.ASSERTION, "reference " + number + " is given twice in one value");
    }
    Pending waiting = pending.remove(number);
    if (waiting == null) {
      return;
    }
    if (value instanceof Pending unmade) {
      unmade.whenKnown(waiting::become);
    } else {
      waiting.become(value);
    }
  }

  /** The object of a number, or a {@link Pending} for it. */
  @Nullable Object resolve(Object number) {
    Object known = defined.get(number);
    if (known == null) {
      return pending.computeIfAbsent(number, n -> new Pending());
    }
    return known == NULL ? null : known;
  }

  void whenComplete(JellyReader.Completion completion) {
    completions.add(completion);
  }

  void complete() throws RefusedValueException {
    if (!pending.isEmpty()) {
      throw new RefusedValueException(
          Fault.KEY,
          "dereference " + pending.keySet().iterator().next() + " has no reference in its value");
    }
    for (JellyReader.Completion completion : completions) {
      completion.complete();
    }
  }
}
