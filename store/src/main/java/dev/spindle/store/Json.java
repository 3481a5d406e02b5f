// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** JSON text and back. Whatever may be written can be read. */
final class Json {
  /**
   * Longest text, in characters: the largest job that {@code JobSpec} allows, with {@code
   * MAX_ITEMS} files whose names are escaped to the last character, still fits.
   */
  static final int MAX_CHARS = 64 * 1024 * 1024;

  /**
   * Surrogates, and what is behind them, are escaped: half of a pair would not survive UTF-8, in
   * which SQLite keeps its texts.
   */
  private static final int LAST_PLAIN_CHAR = Character.MIN_SURROGATE - 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .highestNonEscapedChar(LAST_PLAIN_CHAR)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAX_CHARS)
                          .maxDocumentLength(MAX_CHARS)
                          .build())
                  .build())
          .build();

  private Json() {}

  /** Loads the library by using it: that takes longer than any job. */
  static void load() {
    text(object());
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode texts(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  static <T> ArrayNode array(List<T> values, Function<T, JsonNode> form) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> array.add(form.apply(value)));
    return array;
  }

  /**
   * Writes.
   *
   * @throws IllegalArgumentException when it is longer than {@value #MAX_CHARS} characters
   */
  static String text(JsonNode json) {
    String text;
    try {
      text = MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON could not be written", e);
    }
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          text.length() + " characters of JSON: expected at most " + MAX_CHARS);
    }
    return text;
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException when it is not JSON, or not an object
   */
  static JsonFields fields(String text) {
    return new JsonFields(read(text));
  }

  /**
   * Reads a list of objects.
   *
   * @throws IllegalArgumentException when it is not JSON, or not a list of objects
   */
  static <T> List<T> list(String text, Function<JsonFields, T> form) {
    JsonNode array = read(text);
    if (!array.isArray()) {
      throw new IllegalArgumentException("JSON " + array.getNodeType() + ": expected a list");
    }
    List<T> values = new ArrayList<>();
    array.forEach(item -> values.add(form.apply(new JsonFields(item))));
    return values;
  }

  private static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
