// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.RemoteReference;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary that arrived, read by key.
 *
 * <p>Errors: a {@link PbError} of type {@code spindle.Invalid}, such as {@code info: 'slots' must
 * be int, not str}.
 */
public final class Dict {
  private static final Map<Class<?>, String> PYTHON_NAMES =
      Map.of(
          String.class, "str",
          ByteString.class, "bytes",
          Boolean.class, "bool",
          Long.class, "int",
          BigInteger.class, "int",
          Double.class, "float",
          Map.class, "dict",
          List.class, "list",
          RemoteReference.class, "a reference");

  private final String what;
  private final Map<?, ?> map;

  private Dict(String what, Map<?, ?> map) {
    this.what = what;
    this.map = map;
  }

  /**
   * @param what names the dictionary in errors
   */
  public static Dict of(String what, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new Dict(what, map);
    }
    throw invalid(what + " must be a dict, not " + typeOf(value));
  }

  static PbError invalid(String text) {
    return new PbError(FarmErrors.INVALID, text);
  }

  public String text(String key) {
    return required(key, String.class, "str");
  }

  public Optional<String> optionalText(String key) {
    return optional(key, String.class, "str");
  }

  public long integer(String key) {
    return required(key, Long.class, "int");
  }

  public Optional<Long> optionalInteger(String key) {
    return optional(key, Long.class, "int");
  }

  /** An int that fits Java's. */
  public int smallInteger(String key) {
    return small(key, integer(key));
  }

  public Optional<Integer> optionalSmallInteger(String key) {
    return optionalInteger(key).map(value -> small(key, value));
  }

  private int small(String key, long value) {
    if (value != (int) value) {
      throw invalid(what + ": '" + key + "' is out of range: " + value);
    }
    return (int) value;
  }

  /** False when it is missing. */
  public boolean truth(String key) {
    return optional(key, Boolean.class, "bool").orElse(false);
  }

  /** A number, whole or not. */
  public double number(String key) {
    return required(key, Number.class, "float").doubleValue();
  }

  public Optional<Double> optionalNumber(String key) {
    return optional(key, Number.class, "float").map(Number::doubleValue);
  }

  /** A time in seconds, whole or not; None is none. */
  public Optional<Duration> optionalSeconds(String key) {
    return optionalNumber(key).map(seconds -> time(key, Seconds::toDuration, seconds));
  }

  /** A moment as seconds since 1970. */
  public Instant instant(String key) {
    return time(key, Seconds::toInstant, number(key));
  }

  public Optional<Instant> optionalInstant(String key) {
    return optionalNumber(key).map(seconds -> time(key, Seconds::toInstant, seconds));
  }

  private <T> T time(String key, Function<Double, T> reader, double seconds) {
    try {
      return reader.apply(seconds);
    } catch (IllegalArgumentException e) {
      throw invalid(what + ": '" + key + "' is " + e.getMessage());
    }
  }

  /** A value as it came; null when it is missing or None. */
  public @Nullable Object value(String key) {
    return map.get(key);
  }

  public Dict dict(String key) {
    return of(what + " '" + key + "'", map.get(key));
  }

  /** A dict of text to text; empty when it is missing. */
  public Map<String, String> texts(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    optional(key, Map.class, "dict")
        .ifPresent(found -> ((Map<?, ?>) found).forEach((k, v) -> put(texts, k, v)));
    return texts;
  }

  private void put(Map<String, String> texts, @Nullable Object key, @Nullable Object value) {
    if (!(key instanceof String name && value instanceof String text)) {
      throw invalid(what + ": names and values must be str");
    }
    texts.put(name, text);
  }

  /** A list, each member read in turn; empty when it is missing. */
  public <T> List<T> list(String key, Function<@Nullable Object, T> member) {
    List<T> members = new ArrayList<>();
    optional(key, List.class, "list")
        .ifPresent(found -> ((List<?>) found).forEach(m -> members.add(member.apply(m))));
    return members;
  }

  /** A list of text; empty when it is missing. */
  public List<String> textList(String key) {
    return list(
        key,
        member -> {
          if (member instanceof String text) {
            return text;
          }
          throw invalid(what + ": '" + key + "' must be a list of str, found " + typeOf(member));
        });
  }

  /** Reads a value with a parser of the domain, whose complaint becomes the error. */
  public <T> T parsed(String key, Function<String, T> parser) {
    return checked(() -> parser.apply(text(key)));
  }

  /** Runs a constructor that checks what it is given. */
  public <T> T checked(java.util.function.Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw invalid(what + ": " + e.getMessage());
    }
  }

  private <T> T required(String key, Class<T> type, String pythonName) {
    return optional(key, type, pythonName)
        .orElseThrow(() -> invalid(what + " misses '" + key + "' (" + pythonName + ")"));
  }

  private <T> Optional<T> optional(String key, Class<T> type, String pythonName) {
    Object value = map.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof BigInteger && type == Long.class) {
      throw invalid(what + ": '" + key + "' is out of range: it has more than 64 bits");
    }
    if (!type.isInstance(value)) {
      throw invalid(what + ": '" + key + "' must be " + pythonName + ", not " + typeOf(value));
    }
    return Optional.of(type.cast(value));
  }

  /** What a Python programmer calls the type. Never the value: it is the peer's, of any size. */
  static String typeOf(@Nullable Object value) {
    return PYTHON_NAMES.entrySet().stream()
        .filter(known -> known.getKey().isInstance(value))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseGet(() -> value == null ? "None" : value.getClass().getSimpleName());
  }
}
