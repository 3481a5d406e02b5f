// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final Map<ByteString, Plain> PLAIN = plain();

  private final TagReaders tags;

  /** Of the value under way; made when the first reference is met. */
  private @Nullable References references;

  private int depth;

  public JellyReader(TagReaders tags) {
    this.tags = tags;
  }

  /** Reads one value. */
  public @Nullable Object read(Object expression) throws RefusedValueException {
    begin();
    Object value = value(expression, null);
    complete();
    return known(value);
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
      keywords.put(keyword(entry.getKey()), entry.getValue());
    }
    return keywords;
  }

  private static String keyword(@Nullable Object name) throws RefusedValueException {
    if (name instanceof String text) {
      return text;
    }
    if (name instanceof ByteString bytes) {
      return text(bytes);
    }
    throw new RefusedValueException(Fault.TYPE, "the name of a keyword argument must be text");
  }

  /** Reads a part of a tagged value, within the value that is being read. */
  public @Nullable Object part(Object expression) throws RefusedValueException {
    return known(value(expression, null));
  }

  private static @Nullable Object known(@Nullable Object value) throws RefusedValueException {
    if (value instanceof References.Pending) {
      throw new RefusedValueException(
          Fault.KEY, "a dereference stands where its object must be known already");
    }
    return value;
  }

  private void begin() {
    references = null;
    depth = 0;
  }

  private void complete() throws RefusedValueException {
    if (references != null) {
      references.complete();
      references = null;
    }
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
  private @Nullable Object value(Object expression, @Nullable Object number)
      throws RefusedValueException {
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
    Plain plain = PLAIN.get(atom);
    if (plain != null) {
      return plain.read(this, list, number);
    }
    TagReader reader = tags.forTag(atom);
    if (reader == null) {
      throw refused(atom);
    }
    return define(number, reader.read(list, this));
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

  private <T extends @Nullable Object> T define(@Nullable Object number, T value)
      throws RefusedValueException {
    if (number != null) {
      references().define(number, value);
    }
    return value;
  }

  // ---- the plain types ----

  /** Reads one plain type. */
  @FunctionalInterface
  private interface Plain {
    @Nullable Object read(JellyReader reader, BananaList list, @Nullable Object number)
        throws RefusedValueException;
  }

  private interface Scalar {
    @Nullable Object read(BananaList list) throws RefusedValueException;
  }

  private static Plain scalar(Scalar scalar) {
    return (reader, list, number) -> reader.define(number, scalar.read(list));
  }

  private static Map<ByteString, Plain> plain() {
    Map<ByteString, Plain> plain = new HashMap<>();
    plain.put(Atoms.NONE, scalar(list -> null));
    plain.put(Atoms.BOOLEAN, scalar(JellyReader::bool));
    plain.put(Atoms.UNICODE, scalar(list -> text(string(list))));
    plain.put(Atoms.DATETIME, scalar(list -> Dates.datetime(string(list))));
    plain.put(Atoms.DATE, scalar(list -> Dates.date(string(list))));
    plain.put(Atoms.TIME, scalar(list -> Dates.time(string(list))));
    plain.put(Atoms.TIMEDELTA, scalar(list -> Dates.timedelta(string(list))));
    plain.put(Atoms.DECIMAL, scalar(JellyReader::decimal));
    plain.put(Atoms.UNPERSISTABLE, scalar(JellyReader::unpersistable));
    plain.put(Atoms.PERSISTENT, scalar(JellyReader::unpersistable));
    plain.put(Atoms.LIST, JellyReader::listOf);
    plain.put(Atoms.TUPLE, JellyReader::tuple);
    plain.put(Atoms.DICTIONARY, JellyReader::dictionary);
    plain.put(Atoms.SET, (r, list, n) -> r.set(list, r.define(n, new LinkedHashSet<>())));
    plain.put(Atoms.FROZENSET, JellyReader::frozenSet);
    plain.put(Atoms.REFERENCE, (reader, list, number) -> reader.reference(list, number));
    plain.put(Atoms.DEREFERENCE, (reader, list, number) -> reader.dereference(list));
    return Map.copyOf(plain);
  }

  private static Object element(BananaList list, int index) throws RefusedValueException {
    if (index >= list.size()) {
      throw new RefusedValueException(
          Fault.INDEX, list + " has " + list.size() + " elements: expected " + (index + 1));
    }
    return list.get(index);
  }

  private static ByteString string(BananaList list) throws RefusedValueException {
    if (element(list, 1) instanceof ByteString string) {
      return string;
    }
    throw new RefusedValueException(Fault.TYPE, list + ": expected a string as second element");
  }

  private static String text(ByteString utf8) throws RefusedValueException {
    try {
      return utf8.utf8();
    } catch (IllegalArgumentException e) {
      throw new RefusedValueException(Fault.UNICODE, "text that is " + e.getMessage());
    }
  }

  private static Object bool(BananaList list) throws RefusedValueException {
    Object word = element(list, 1);
    if (word.equals(Atoms.TRUE)) {
      return true;
    }
    if (word.equals(Atoms.FALSE)) {
      return false;
    }
    throw new RefusedValueException(
        Fault.TYPE, list + ": expected true or false as second element");
  }

  private static Object decimal(BananaList list) throws RefusedValueException {
    Object unscaled = element(list, 1);
    Object exponent = element(list, 2);
    if (!(unscaled instanceof Long || unscaled instanceof BigInteger)
        || !(exponent instanceof Long power)
        || -power != (int) -power) {
      throw new RefusedValueException(
          Fault.VALUE, list + ": expected two integers, the second of at most 31 bits");
    }
    BigInteger digits =
        unscaled instanceof BigInteger big ? big : BigInteger.valueOf((Long) unscaled);
    return new BigDecimal(digits, (int) -power);
  }

  private static Object unpersistable(BananaList list) throws RefusedValueException {
    return list.get(0).equals(Atoms.PERSISTENT)
        ? new Unpersistable("Persistent callback not found")
        : new Unpersistable("Unpersistable data: " + element(list, 1));
  }

  private Object listOf(BananaList list, @Nullable Object number) throws RefusedValueException {
    List<@Nullable Object> members = new ArrayList<>(list.size() - 1);
    define(number, members);
    for (int i = 1; i < list.size(); i++) {
      int place = i - 1;
      Object member = value(list.get(i), null);
      members.add(member);
      fillLater(member, known -> members.set(place, known));
    }
    return members;
  }

  private Object tuple(BananaList list, @Nullable Object number) throws RefusedValueException {
    @Nullable Object[] elements = new Object[list.size() - 1];
    Tuple tuple = define(number, new Tuple(elements));
    for (int i = 0; i < elements.length; i++) {
      int place = i;
      Object element = value(list.get(i + 1), null);
      elements[place] = element;
      fillLater(element, known -> elements[place] = known);
    }
    return tuple;
  }

  private Object dictionary(BananaList list, @Nullable Object number) throws RefusedValueException {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    define(number, map);
    @Nullable Object[] pairs = new Object[2 * (list.size() - 1)];
    for (int i = 1; i < list.size(); i++) {
      BananaList pair = pair(list.get(i));
      readInto(pairs, 2 * i - 2, pair.get(0));
      readInto(pairs, 2 * i - 1, pair.get(1));
    }
    whenHashable(() -> putAll(pairs, map));
    return map;
  }

  private static BananaList pair(Object expression) throws RefusedValueException {
    if (!(expression instanceof BananaList pair)) {
      throw new RefusedValueException(
          Fault.TYPE, "a member of a dictionary must be a pair, found " + expression);
    }
    if (pair.size() != 2) {
      throw new RefusedValueException(
          Fault.VALUE, "a member of a dictionary must be a pair, found " + pair);
    }
    return pair;
  }

  private static void putAll(@Nullable Object[] pairs, Map<@Nullable Object, @Nullable Object> map)
      throws RefusedValueException {
    for (int i = 0; i < pairs.length; i += 2) {
      refuseUnhashable("a dictionary key", pairs[i]);
      map.put(pairs[i], pairs[i + 1]);
    }
  }

  private Object set(BananaList list, Set<@Nullable Object> set) throws RefusedValueException {
    @Nullable Object[] members = new Object[list.size() - 1];
    for (int i = 0; i < members.length; i++) {
      readInto(members, i, list.get(i + 1));
    }
    whenHashable(
        () -> {
          for (Object member : members) {
            refuseUnhashable("a set member", member);
          }
          set.addAll(Arrays.asList(members));
        });
    return set;
  }

  private Object frozenSet(BananaList list, @Nullable Object number) throws RefusedValueException {
    FrozenSet frozen = define(number, new FrozenSet(new LinkedHashSet<>()));
    set(list, frozen.members);
    return frozen;
  }

  private void readInto(@Nullable Object[] places, int place, Object expression)
      throws RefusedValueException {
    Object value = value(expression, null);
    places[place] = value;
    fillLater(value, known -> places[place] = known);
  }

  private static void fillLater(
      @Nullable Object value, java.util.function.Consumer<@Nullable Object> place) {
    if (value instanceof References.Pending pending) {
      pending.whenKnown(place);
    }
  }

  /**
   * Builds what looks at the hash of its members: now, or at the end of the value when references
   * are about, since a member may then not be complete.
   */
  private void whenHashable(References.Completion build) throws RefusedValueException {
    if (references == null) {
      build.complete();
    } else {
      references.whenComplete(build);
    }
  }

  private static void refuseUnhashable(String what, @Nullable Object value)
      throws RefusedValueException {
    String fault = Hashable.fault(value);
    if (fault != null) {
      throw new RefusedValueException(
          Fault.TYPE, what + " is or holds " + fault + ", which can change");
    }
  }

  private @Nullable Object reference(BananaList list, @Nullable Object outer)
      throws RefusedValueException {
    Object number = element(list, 1);
    Object inner = element(list, 2);
    if (outer != null) {
      throw new RefusedValueException(
          Fault.VALUE, "reference " + outer + " around reference " + number);
    }
    references();
    return value(inner, number);
  }

  private @Nullable Object dereference(BananaList list) throws RefusedValueException {
    return references().resolve(element(list, 1));
  }
}
