// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads {@code src/test/resources/vectors}; see the README there. */
public final class Vectors {
  private Vectors() {}

  /** The vectors of one kind, such as {@code receive} of {@code banana.json}. */
  public static List<JsonNode> of(String file, String kind) {
    JsonNode vectors = read("/vectors/" + file).required(kind);
    return StreamSupport.stream(vectors.spliterator(), false).toList();
  }

  /** The events of a recorded conversation. */
  public static List<JsonNode> session(String name) {
    JsonNode events = read("/vectors/sessions/" + name + ".json").required("events");
    return StreamSupport.stream(events.spliterator(), false).toList();
  }

  /** The words of dialect {@code pb} and their numbers. */
  public static Map<String, Integer> vocabulary() {
    Map<String, Integer> words = new TreeMap<>();
    read("/vectors/banana.json")
        .required("vocabulary")
        .properties()
        .forEach(word -> words.put(word.getKey(), word.getValue().asInt()));
    return words;
  }

  /** Every encoding of a file, as seeds for those who make nonsense of them. */
  public static Stream<byte[]> seeds(String file, String kind) {
    return of(file, kind).stream()
        .filter(vector -> vector.has("hex"))
        .map(vector -> hex(vector.get(vector.has("hex_pb") ? "hex_pb" : "hex")));
  }

  private static JsonNode read(String path) {
    try (InputStream in = Vectors.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no test resource " + path);
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String name(JsonNode vector) {
    return vector.required("name").asText();
  }

  public static byte[] hex(JsonNode digits) {
    return HexFormat.of().parseHex(digits.asText());
  }

  /** The expression that a vector writes in JSON. */
  public static Object expression(JsonNode json) {
    if (json.isArray()) {
      List<Object> elements = new ArrayList<>();
      json.forEach(element -> elements.add(expression(element)));
      return BananaList.of(elements.toArray());
    }
    if (json.isIntegralNumber()) {
      return json.asLong();
    }
    return tagged(json.fieldNames().next(), json.elements().next().asText());
  }

  private static Object tagged(String tag, String text) {
    return switch (tag) {
      case "i" -> narrow(new BigInteger(text));
      case "f" -> Double.longBitsToDouble(Long.parseUnsignedLong(text, 16));
      case "b" -> ByteString.utf8(text);
      case "x" -> ByteString.copyOf(HexFormat.of().parseHex(text));
      default -> throw new IllegalArgumentException("no expression is written {\"" + tag + "\"}");
    };
  }

  private static Object narrow(BigInteger integer) {
    return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
  }
}
