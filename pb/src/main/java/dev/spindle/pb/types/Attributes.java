// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.banana.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of a Python object, as they arrive. */
final class Attributes {
  private Attributes() {}

  /**
   * The attributes by name. Names are text, or byte strings from old peers; a state of None means
   * that there are none, as Twisted has it from 23.8 on.
   *
   * @throws MismatchException when the state is no attribute dictionary
   */
  static Map<String, @Nullable Object> of(@Nullable Object state) {
    if (state == null) {
      return Map.of();
    }
    if (!(state instanceof Map<?, ?> map)) {
      throw new MismatchException(
          "must have a dict of attributes as its state, not "
              + PlainTypes.pythonName(state.getClass()));
    }
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    map.forEach((name, value) -> attributes.put(name(name), value));
    return attributes;
  }

  /** The attributes by name, not to be changed: the dictionary itself where its names are text. */
  @SuppressWarnings("unchecked") // each key is a String
  static Map<String, @Nullable Object> view(Map<?, ?> state) {
    for (Object name : state.keySet()) {
      if (!(name instanceof String)) {
        return of(state);
      }
    }
    return (Map<String, @Nullable Object>) state;
  }

  private static String name(@Nullable Object name) {
    if (name instanceof String text) {
      return text;
    }
    if (name instanceof ByteString bytes) {
      return bytes.utf8();
    }
    throw new MismatchException(
        "must have attributes with names of text, not "
            + (name == null ? "None" : PlainTypes.pythonName(name.getClass())));
  }
}
