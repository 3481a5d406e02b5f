// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Cached;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.Unpersistable;
import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values as the tables of {@code docs/pb/types.md} show them: the class, and what is in it. One
 * that is met twice has a label: {@code ArrayList [#1=ArrayList [Long 1], #1]}. {@code shown.py}
 * shows those of Python.
 */
final class JavaText {
  private static final int LONGEST = 72;

  /** What users know of classes that are nobody's to name, such as those behind List.of. */
  private static final List<Class<?>> KNOWN =
      List.of(
          List.class,
          EnumSet.class,
          Set.class,
          Map.class,
          Path.class,
          Stream.class,
          Declared.Speaker.class,
          Referenceable.class);

  private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> again = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Object, Integer> numbers = new IdentityHashMap<>();

  private JavaText() {}

  static String of(@Nullable Object value) {
    JavaText text = new JavaText();
    text.lookFor(value);
    return text.labelled(value);
  }

  /** As {@code cut} of {@code shown.py}: what fits into a table. */
  static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, 32) + "…" + text.substring(text.length() - 12);
  }

  /** The class as a user calls it. */
  static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    Class<?> type = value.getClass();
    if (value instanceof Enum<?> constant) {
      return constant.getDeclaringClass().getSimpleName();
    }
    boolean isOurs = type.getPackage() == JavaText.class.getPackage();
    if (type.isHidden() || !(isOurs || Modifier.isPublic(type.getModifiers()))) {
      return KNOWN.stream()
          .filter(known -> known.isInstance(value))
          .map(Class::getSimpleName)
          .findFirst()
          .orElse("lambda");
    }
    return type.getSimpleName();
  }

  private void lookFor(@Nullable Object value) {
    List<@Nullable Object> members = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      members.addAll(map.keySet());
      members.addAll(map.values());
    } else if (value instanceof Collection<?> collection) {
      members.addAll(collection);
    }
    if (value == null || members.isEmpty()) {
      return;
    }
    if (!met.add(value)) {
      again.add(value);
      return;
    }
    members.forEach(this::lookFor);
  }

  private String labelled(@Nullable Object value) {
    if (value == null || !again.contains(value)) {
      return text(value);
    }
    Integer known = numbers.get(value);
    if (known != null) {
      return "#" + known;
    }
    int number = numbers.size() + 1;
    numbers.put(value, number);
    return "#" + number + "=" + text(value);
  }

  private String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(each -> labelled(each.getKey()) + "=" + labelled(each.getValue()))
          .collect(Collectors.joining(", ", kind(value) + " {", "}"));
    }
    if (value instanceof Collection<?> members) {
      var texts = members.stream().map(this::labelled);
      return (value instanceof Set ? texts.sorted() : texts)
          .collect(Collectors.joining(", ", kind(value) + " [", "]"));
    }
    return kind(value) + content(value);
  }

  private String content(Object value) {
    if (value instanceof String text) {
      return " \"" + escaped(text) + '"';
    }
    if (value instanceof Character letter) {
      return " '" + escaped(letter.toString()) + "'";
    }
    if (value instanceof ByteString bytes) {
      return " " + HexFormat.of().formatHex(bytes.toByteArray());
    }
    if (value instanceof byte[] bytes) {
      return " " + HexFormat.of().formatHex(bytes);
    }
    if (value.getClass().isArray()) {
      List<String> members = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        members.add(labelled(Array.get(value, i)));
      }
      return " " + members;
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(member -> " of " + labelled(member)).orElse(".empty");
    }
    if (isToldByItsClass(value)) {
      return "";
    }
    String text = value.toString();
    return text.startsWith(kind(value)) ? text.substring(kind(value).length()) : " " + text;
  }

  /** The rest of whose text is another one each time. */
  private static boolean isToldByItsClass(Object value) {
    return value instanceof RemoteReference
        || value instanceof Cached
        || value instanceof Unpersistable
        || value instanceof Class
        || value instanceof Referenceable
        || !overridesToString(value.getClass());
  }

  private static boolean overridesToString(Class<?> type) {
    try {
      return type.getMethod("toString").getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static String escaped(String text) {
    StringBuilder shown = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean isPlain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
      shown.append(isPlain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return shown.toString();
  }
}
