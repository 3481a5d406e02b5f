// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.JellyWriter;
import dev.spindle.pb.jelly.Outward;
import dev.spindle.pb.jelly.Tuple;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A random value that Java and Python can both hold: a number of containers that hold scalars and
 * each other. Lists and dicts may hold any of them, also themselves; tuples those that were made
 * before them and any list; what is hashed only what can be.
 *
 * <p>{@code randoms.py} makes such values in Python.
 */
final class RandomValue {
  private static final int MOST_MEMBERS = 5;

  /** Below what a Python peer can take, which is about 325 with those of the value itself. */
  private static final int DEEP = 100;

  private final Random random;
  private final RandomScalars scalars;
  private final List<List<@Nullable Object>> lists = new ArrayList<>();
  private final List<Map<@Nullable Object, @Nullable Object>> dicts = new ArrayList<>();
  private final List<@Nullable Object> hashable = new ArrayList<>();
  private final List<@Nullable Object> all = new ArrayList<>();

  private RandomValue(Random random) {
    this.random = random;
    this.scalars = new RandomScalars(random);
  }

  /**
   * The same for the same arguments.
   *
   * @param containers how many it is made of; with none it is a scalar
   */
  static @Nullable Object of(long seed, int containers) {
    Random random = new Random(seed);
    Object value = new RandomValue(random).made(containers);
    while (!isSendable(value)) {
      value = new RandomValue(random).made(containers);
    }
    return value;
  }

  /**
   * All are but those with a tuple of a cycle that is mentioned behind it, which Twisted cannot
   * read.
   */
  private static boolean isSendable(@Nullable Object value) {
    try {
      new JellyWriter(Outward.NOTHING)
          .write(value, new BananaWriter(Unpooled.buffer(), Dialect.PB, BananaLimits.DEFAULT));
      return true;
    } catch (UnsendableException e) {
      assertThat(e).hasMessageContaining("holds itself and is mentioned again");
      return false;
    }
  }

  private @Nullable Object made(int containers) {
    for (int i = 0; i < containers; i++) {
      all.add(container());
    }
    lists.forEach(list -> times(() -> list.add(anything())));
    for (Map<@Nullable Object, @Nullable Object> dict : dicts) {
      keys().forEach(key -> dict.put(key, anything()));
    }
    Object value = containers == 0 ? scalars.next() : all.get(containers - 1);
    return random.nextInt(20) == 0 ? deep(value) : value;
  }

  private @Nullable Object deep(@Nullable Object value) {
    Object deep = value;
    for (int i = random.nextInt(DEEP); i > 0; i--) {
      List<@Nullable Object> outer = new ArrayList<>();
      outer.add(deep);
      deep = random.nextBoolean() ? outer : Tuple.of(deep);
    }
    return deep;
  }

  private void times(Runnable task) {
    for (int i = random.nextInt(MOST_MEMBERS); i > 0; i--) {
      task.run();
    }
  }

  private Object container() {
    return switch (random.nextInt(7)) {
      case 0, 1 -> added(new ArrayList<>(), lists);
      case 2 -> added(new LinkedHashMap<>(), dicts);
      case 3 -> Tuple.of(members(this::anything).toArray());
      case 4 -> added(Tuple.of(members(this::key).toArray()), hashable);
      case 5 -> added(FrozenSet.copyOf(keys()), hashable);
      default -> new LinkedHashSet<>(keys());
    };
  }

  private static <T> T added(T made, List<? super T> to) {
    to.add(made);
    return made;
  }

  private List<@Nullable Object> members(Supplier<@Nullable Object> source) {
    List<@Nullable Object> members = new ArrayList<>();
    times(() -> members.add(source.get()));
    return members;
  }

  /** No two of which are one to either language. */
  private List<@Nullable Object> keys() {
    Set<PythonKey> known = new HashSet<>();
    List<@Nullable Object> keys = members(this::key);
    keys.removeIf(key -> !known.add(PythonKey.of(key)));
    return keys;
  }

  private @Nullable Object anything() {
    return all.isEmpty() || random.nextInt(3) == 0 ? scalars.next() : pick(all);
  }

  private @Nullable Object key() {
    return hashable.isEmpty() || random.nextInt(3) > 0 ? scalars.next() : pick(hashable);
  }

  private @Nullable Object pick(List<@Nullable Object> from) {
    return from.get(random.nextInt(from.size()));
  }
}
