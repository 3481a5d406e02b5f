// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions as objects. Only the plain types and what {@link TagReaders} lists are read;
 * everything else is refused by name.
 *
 * <p>Thread: one at a time. Errors: {@link RefusedValueException}.
 *
 * <p>Source: reference, sections 5 to 7.
 */
public final class JellyReader {
  private final TagReaders tags;
  private final ContainerReader containers = new ContainerReader(this);

  /** Of the value under way; made when the first reference is met. */
  private @Nullable References references;

  private int depth;

  /** The number of the tagged value under way, until it is known under it. */
  private @Nullable Object tagNumber;

  public JellyReader(TagReaders tags) {
    this.tags = tags;
  }

  /** Reads one value. */
  public @Nullable Object read(Object expression) throws RefusedValueException {
    try {
      Object value = value(expression, null);
      if (references != null) {
        references.complete();
      }
      return known(value);
    } finally {
      forget();
    }
  }

  /** Reads positional arguments: {@code [tuple …]}, or a list as Twisted tolerates it. */
  public @Nullable Object[] readArguments(Object expression) throws RefusedValueException {
    Object value = read(expression);
    if (value instanceof Tuple tuple) {
      return tuple.elements;
    }
    if (value instanceof List<?> list) {
      return list.toArray();
    }
    throw new RefusedValueException(
        Fault.TYPE, "positional arguments must be a tuple, found " + expression);
  }

  /** Reads keyword arguments. Names are text, or byte strings from old peers. */
  public Map<String, @Nullable Object> readKeywords(Object expression)
      throws RefusedValueException {
    return readKeywords(expression, true);
  }

  /**
   * Reads keyword arguments.
   *
   * @param orBytes whether names may be byte strings, as old peers send them
   */
  public Map<String, @Nullable Object> readKeywords(Object expression, boolean orBytes)
      throws RefusedValueException {
    if (expression instanceof BananaList list
        && list.size() == 1
        && list.get(0).equals(Atoms.DICTIONARY)) {
      return Map.of();
    }
    if (!(read(expression) instanceof Map<?, ?> map)) {
      throw new RefusedValueException(
          Fault.TYPE, "keyword arguments must be a dictionary, found " + expression);
    }
    Map<String, @Nullable Object> keywords = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      keywords.put(keyword(entry.getKey(), orBytes), entry.getValue());
    }
    return keywords;
  }

  private static String keyword(@Nullable Object name, boolean orBytes)
      throws RefusedValueException {
    if (name instanceof String text) {
      return text;
    }
    if (orBytes && name instanceof ByteString bytes) {
      return ScalarReader.text(bytes);
    }
    throw new RefusedValueException(Fault.TYPE, "the name of a keyword argument must be text");
  }

  /** Whether Jelly itself reads values of this tag, so that nobody else can. */
  public static boolean isReserved(ByteString tag) {
    return PlainType.of(tag) != null;
  }

  // ---- for tag readers ----

  /**
   * Reads a part of a tagged value, within the value that is being read. While that value has
   * references in it, what is read may be known before its members are: see {@link #whenRead}.
   */
  public @Nullable Object part(Object expression) throws RefusedValueException {
    return known(value(expression, null));
  }

  /**
   * Makes the tagged value that is being read known before its parts are, so that they may refer
   * back to it. At most once, and before the first {@link #part}.
   */
  public void begin(Object value) throws RefusedValueException {
    Object number = tagNumber;
    tagNumber = null;
    define(number, value);
  }

  /** Does something as soon as every part that was read is complete: now, or at the value's end. */
  public void whenRead(Completion task) throws RefusedValueException {
    if (references == null) {
      task.complete();
    } else {
      references.whenComplete(task);
    }
  }

  /**
   * Makes the tagged value as soon as every part that was read is complete. What is answered stands
   * for it until then: return it from {@link TagReader#read} and do not look at it.
   */
  public @Nullable Object valueWhenRead(Maker maker) throws RefusedValueException {
    if (references == null) {
      return maker.make();
    }
    References.Pending place = new References.Pending();
    references.whenComplete(() -> place.become(maker.make()));
    return place;
  }

  /** Something to be done when every member of the value is known. */
  @FunctionalInterface
  public interface Completion {
    void complete() throws RefusedValueException;
  }

  /** Makes a value of parts that are complete. */
  @FunctionalInterface
  public interface Maker {
    @Nullable Object make() throws RefusedValueException;
  }

  /**
   * Whether this only stands for a value that is not made yet. Within {@link #valueWhenRead} that
   * is one that waits, in turn, for the value being made.
   */
  public static boolean isUnmade(@Nullable Object value) {
    return value instanceof References.Pending;
  }

  private static @Nullable Object known(@Nullable Object value) throws RefusedValueException {
    if (!(value instanceof References.Pending pending)) {
      return value;
    }
    if (!pending.isKnown()) {
      throw new RefusedValueException(
          Fault.KEY, "a dereference stands where its object must be known already");
    }
    return pending.value();
  }

  /** Now, not with the next value: who waits for that keeps this one alive. */
  private void forget() {
    references = null;
    depth = 0;
    tagNumber = null;
    containers.forget();
  }

  /** Null when no reference has been met in this value: then everything is complete. */
  @Nullable References knownReferences() {
    return references;
  }

  private References references() {
    if (references == null) {
      references = new References();
    }
    return references;
  }

  /**
   * Reads a value.
   *
   * @param number the reference number under which the value must be known before its members are
   *     read, or null
   */
  @Nullable Object value(Object expression, @Nullable Object number) throws RefusedValueException {
    if (!(expression instanceof BananaList list)) {
      return define(number, expression);
    }
    if (++depth > JellyLimits.MAX_READ_DEPTH) {
      throw new RefusedValueException(
          Fault.RECURSION, "a value nested deeper than " + JellyLimits.MAX_READ_DEPTH);
    }
    Object value = list(list, number);
    depth--;
    return value;
  }

  private @Nullable Object list(BananaList list, @Nullable Object number)
      throws RefusedValueException {
    if (list.size() == 0) {
      throw new RefusedValueException(Fault.INDEX, "an empty list is no value");
    }
    if (!(list.get(0) instanceof ByteString atom)) {
      throw new RefusedValueException(
          Fault.TYPE, "a value must begin with the name of its type, found " + list);
    }
    PlainType type = PlainType.of(atom);
    if (type != null) {
      return type.isScalar()
          ? define(number, ScalarReader.read(type, list))
          : read(type, list, number);
    }
    TagReader reader = tags.forTag(atom);
    if (reader == null) {
      throw refused(atom);
    }
    Object outer = tagNumber;
    tagNumber = number;
    Object value = reader.read(list, this);
    define(tagNumber, value);
    tagNumber = outer;
    return value;
  }

  /** Reads a type whose values have members, or are numbered. */
  private @Nullable Object read(PlainType type, BananaList list, @Nullable Object number)
      throws RefusedValueException {
    return switch (type) {
      case LIST -> containers.list(list, number);
      case TUPLE -> containers.tuple(list, number);
      case DICTIONARY -> containers.dictionary(list, number);
      case SET -> containers.set(list, number);
      case FROZENSET -> containers.frozenSet(list, number);
      case REFERENCE -> reference(list, number);
      case DEREFERENCE -> dereference(list);
      default -> throw new IllegalArgumentException(type + " is a scalar");
    };
  }

  private static RefusedValueException refused(ByteString atom) {
    String name = new String(atom.toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
    int dot = name.lastIndexOf('.');
    return new RefusedValueException(
        Fault.INSECURE,
        dot < 0
            ? "b'" + name + "'"
            : "Module " + name.substring(0, dot) + " not allowed (in type " + name + ").");
  }

  /** Makes a value known under its number, if it has one. */
  <T extends @Nullable Object> T define(@Nullable Object number, T value)
      throws RefusedValueException {
    if (number != null) {
      references().define(number, value);
    }
    return value;
  }

  private @Nullable Object reference(BananaList list, @Nullable Object outer)
      throws RefusedValueException {
    Object number = number(list);
    Object inner = ScalarReader.element(list, 2);
    if (outer != null) {
      throw new RefusedValueException(
          Fault.VALUE, "reference " + outer + " around reference " + number);
    }
    references();
    return value(inner, number);
  }

  private @Nullable Object dereference(BananaList list) throws RefusedValueException {
    return references().resolve(number(list));
  }

  /** Any scalar, as in Python, where a list cannot be looked up. */
  private static Object number(BananaList list) throws RefusedValueException {
    Object number = ScalarReader.element(list, 1);
    if (number instanceof BananaList) {
      throw new RefusedValueException(Fault.TYPE, list + ": a list is no reference number");
    }
    return number;
  }
}
