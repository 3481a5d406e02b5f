// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The fields of a stored JSON object. A field that is missing or of another kind is an {@link
 * IllegalArgumentException} that names it; fields that nobody asks for are passed over.
 */
final class JsonFields {
  private final JsonNode object;

  JsonFields(JsonNode object) {
    if (!object.isObject()) {
      throw new IllegalArgumentException("JSON " + object.getNodeType() + ": expected an object");
    }
    this.object = object;
  }

  String text(String name) {
    return field(name, "a text", JsonNode::isTextual).textValue();
  }

  int integer(String name) {
    return field(name, "a whole number", JsonNode::canConvertToInt).intValue();
  }

  long number(String name) {
    return field(name, "a whole number", JsonNode::canConvertToLong).longValue();
  }

  boolean flag(String name) {
    return field(name, "true or false", JsonNode::isBoolean).booleanValue();
  }

  Instant instant(String name) {
    return Instant.parse(text(name));
  }

  Duration duration(String name) {
    return Duration.parse(text(name));
  }

  JsonFields object(String name) {
    return new JsonFields(field(name, "an object", JsonNode::isObject));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : field(name, "a list", JsonNode::isArray)) {
      if (!item.isTextual()) {
        throw new IllegalArgumentException("field '" + name + "': expected a list of texts");
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  <T> List<T> objects(String name, Function<JsonFields, T> form) {
    List<T> values = new ArrayList<>();
    for (JsonNode item : field(name, "a list", JsonNode::isArray)) {
      values.add(form.apply(new JsonFields(item)));
    }
    return values;
  }

  /** Reads a field with one of the other methods, if it is there. */
  <T> Optional<T> optional(String name, Function<String, T> read) {
    return object.has(name) ? Optional.of(read.apply(name)) : Optional.empty();
  }

  private JsonNode field(String name, String expected, Predicate<JsonNode> fits) {
    JsonNode value = object.get(name);
    if (value == null || !fits.test(value)) {
      throw new IllegalArgumentException(
          "field '"
              + name
              + "': expected "
              + expected
              + ", found "
              + (value == null ? "nothing" : value.getNodeType()));
    }
    return value;
  }
}
