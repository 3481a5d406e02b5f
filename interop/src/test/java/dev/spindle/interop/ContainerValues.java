// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static dev.spindle.interop.ValueCase.built;
import static dev.spindle.interop.ValueCase.value;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values with members, shared members and cycles. */
final class ContainerValues {
  /** Below what a Python peer can take, which is about 325. */
  private static final int DEEP = 200;

  private ContainerValues() {}

  static final List<ValueCase> LISTS =
      List.of(
          value("no list members", new ArrayList<>(), "[]"),
          value("list", list(1, "a", null, list(2.0)), "[1, 'a', None, [2.0]]"),
          value("an immutable list", List.of("x", "y"), "['x', 'y']"),
          value("list like an expression", list(ByteString.utf8("list"), 1), "[b'list', 1]"),
          value("no tuple members", Tuple.of(), "()"),
          value("tuple", Tuple.of(1, Tuple.of("a"), list()), "(1, ('a',), [])"),
          value("two empty tuples", list(Tuple.of(), Tuple.of()), "[(), ()]"),
          value("a hundred lists", hundredLists(), "[[n] for n in range(100)]"),
          built("deep list", deepList(), "v = []\nfor _ in range(" + DEEP + "): v = [v]"));

  static final List<ValueCase> SETS =
      List.of(
          value("no set members", new LinkedHashSet<>(), "set()"),
          value("set", set(1, "a", ByteString.utf8("a")), "{1, 'a', b'a'}"),
          value("an immutable set", Set.of(1, 2, 3), "{1, 2, 3}"),
          value("set of tuples", set(Tuple.of(1, "x"), Tuple.of(2, "y")), "{(1, 'x'), (2, 'y')}"),
          value("no frozenset members", FrozenSet.copyOf(list()), "frozenset()"),
          value("frozenset", FrozenSet.copyOf(list(1, 2)), "frozenset([1, 2])"),
          value(
              "set of frozensets",
              set(FrozenSet.copyOf(list(1)), FrozenSet.copyOf(list(2, 3))),
              "{frozenset([1]), frozenset([2, 3])}"));

  static final List<ValueCase> DICTS =
      List.of(
          value("no dict members", new LinkedHashMap<>(), "{}"),
          value("dict in its order", dict("z", 1, "a", 2, "m", 3), "{'z': 1, 'a': 2, 'm': 3}"),
          value("text and byte keys", dict("a", 1, ByteString.utf8("a"), 2), "{'a': 1, b'a': 2}"),
          value(
              "keys of every kind",
              dict(7, "int", 1.5, "float", null, "None", Tuple.of(1, "t"), "tuple"),
              "{7: 'int', 1.5: 'float', None: 'None', (1, 't'): 'tuple'}"),
          value("nested dict", dict("d", dict("l", list(dict()))), "{'d': {'l': [{}]}}"));

  static final List<ValueCase> SHARED =
      List.of(
          built("one list twice", twice(list(1)), "a = [1]; v = [a, a]"),
          built("equal lists", list(list(1), list(1)), "v = [[1], [1]]"),
          built("two shared lists crossing", crossing(), "a = [1]; b = [2]; v = [a, b, b, a]"),
          built("one tuple twice", twice(Tuple.of(1, 2)), "a = tuple([1, 2]); v = [a, a]"),
          built("one set twice", twice(set(1)), "a = {1}; v = [a, a]"),
          built(
              "one frozenset twice",
              twice(FrozenSet.copyOf(list(1))),
              "a = frozenset([1]); v = [a, a]"),
          built("one dict as two members", dictTwice(), "a = {'x': 1}; v = {'p': a, 'q': a}"),
          built("shared twenty levels up", ladder(), "v = []\nfor _ in range(20): v = [v, v]"),
          built("list in itself", listInItself(), "v = []; v.append(v)"),
          built("dict in itself", dictInItself(), "v = {}; v['self'] = v"),
          built("list and dict in each other", mutual(), "l = []; v = {'l': l}; l.append(v)"),
          built("tuple in its list", tupleInItsList(), "l = []; v = (l,); l.append(v)"),
          built("tuple in its dict", tupleInItsDict(), "d = {}; v = [(d, 1)]; d['t'] = v[0]"),
          built("cycle of lists", ring(), "v = [1]; v.append([2, [3, v]])"));

  private static List<@Nullable Object> list(@Nullable Object... members) {
    return new ArrayList<>(Arrays.asList(members));
  }

  private static Set<@Nullable Object> set(@Nullable Object... members) {
    return new LinkedHashSet<>(Arrays.asList(members));
  }

  private static Map<@Nullable Object, @Nullable Object> dict(@Nullable Object... pairs) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static List<@Nullable Object> hundredLists() {
    List<@Nullable Object> all = list();
    for (int n = 0; n < 100; n++) {
      all.add(list(n));
    }
    return all;
  }

  private static List<@Nullable Object> deepList() {
    List<@Nullable Object> deep = list();
    for (int i = 0; i < DEEP; i++) {
      deep = list(deep);
    }
    return deep;
  }

  private static List<@Nullable Object> twice(Object member) {
    return list(member, member);
  }

  private static Object crossing() {
    Object a = list(1);
    Object b = list(2);
    return list(a, b, b, a);
  }

  private static Object dictTwice() {
    Object shared = dict("x", 1);
    return dict("p", shared, "q", shared);
  }

  private static Object ladder() {
    List<@Nullable Object> top = list();
    for (int i = 0; i < 20; i++) {
      top = twice(top);
    }
    return top;
  }

  private static Object listInItself() {
    List<@Nullable Object> list = list();
    list.add(list);
    return list;
  }

  private static Object dictInItself() {
    Map<@Nullable Object, @Nullable Object> dict = dict();
    dict.put("self", dict);
    return dict;
  }

  private static Object mutual() {
    List<@Nullable Object> list = list();
    Map<@Nullable Object, @Nullable Object> dict = dict("l", list);
    list.add(dict);
    return dict;
  }

  private static Object tupleInItsList() {
    List<@Nullable Object> list = list();
    Tuple tuple = Tuple.of(list);
    list.add(tuple);
    return tuple;
  }

  private static Object tupleInItsDict() {
    Map<@Nullable Object, @Nullable Object> dict = dict();
    Tuple tuple = Tuple.of(dict, 1);
    dict.put("t", tuple);
    return list(tuple);
  }

  private static Object ring() {
    List<@Nullable Object> first = list(1);
    first.add(list(2, list(3, first)));
    return first;
  }
}
