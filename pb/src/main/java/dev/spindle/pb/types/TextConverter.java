// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A type that is text on the wire, and only where it is declared. */
final class TextConverter<T> extends ScalarConverter {
  /** Most characters of a text at fault that are told. */
  private static final int MAX_TOLD = 40;

  private static final List<TextConverter<?>> ALL =
      List.of(
          new TextConverter<>(UUID.class, UUID::fromString),
          new TextConverter<>(URI.class, URI::create),
          new TextConverter<>(Path.class, Path::of),
          new TextConverter<>(Character.class, TextConverter::character));

  private final Class<T> type;
  private final Function<String, T> parser;

  private TextConverter(Class<T> type, Function<String, T> parser) {
    this.type = type;
    this.parser = parser;
  }

  static @Nullable Converter of(Class<?> type) {
    for (TextConverter<?> each : ALL) {
      if (each.type == type || (type == char.class && each.type == Character.class)) {
        return each;
      }
    }
    return null;
  }

  private static Character character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("one character of 16 bits");
    }
    return text.charAt(0);
  }

  @Override
  public Object read(@Nullable Object wire) {
    if (!(wire instanceof String text)) {
      throw mismatch(wire);
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new MismatchException(
          "must be the text of a " + type.getSimpleName() + ", not '" + told(text) + "'");
    }
  }

  private static String told(String text) {
    return text.length() <= MAX_TOLD ? text : text.substring(0, MAX_TOLD) + "…";
  }

  @Override
  public Object write(@Nullable Object value) {
    if (!type.isInstance(value)) {
      throw mismatch(value);
    }
    return value.toString();
  }

  @Override
  public String pythonName() {
    return "str";
  }
}
