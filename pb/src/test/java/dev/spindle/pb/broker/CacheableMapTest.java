// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.types.RemoteCache;
import dev.spindle.pb.types.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A map that changes on many threads, and its copies. */
class CacheableMapTest {
  private static final int THREADS = 4;
  private static final int CHANGES = 2_000;

  private final CacheableMap<String, Integer> map = new CacheableMap<>("shop.Prices");
  private CacheableMap<String, ?> given = map;

  /** Keeps also how it was told. */
  private static final class Prices implements RemoteCache {
    final Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
    final List<String> told = new ArrayList<>();

    @Override
    public void setState(@Nullable Object state) {
      Map<?, ?> given =
          (Map<?, ?>) Objects.requireNonNull(RemoteCache.attributes(state).get("entries"));
      entries.putAll(given);
    }

    @Exposed
    void put(Object key, @Nullable Object value) {
      told.add(key + "=" + value);
      entries.put(key, value);
    }

    @Exposed
    void removed(Object key) {
      told.add(key + " gone");
      entries.remove(key);
    }
  }

  private final class Shop implements Referenceable {
    @Exposed
    Object prices() {
      return given;
    }
  }

  private final BrokerPair pair =
      BrokerPair.of(
          new MemoryLink(
              Broker.Role.CLIENT,
              BrokerSettings.DEFAULT.withTypes(
                  Types.builder().caches("shop.Prices", Prices::new).build()),
              Map.of()),
          new MemoryLink(Broker.Role.SERVER, BrokerSettings.DEFAULT, Map.of("root", new Shop())));

  private Cached prices() {
    return (Cached) Objects.requireNonNull(pair.call("prices"));
  }

  @Test
  void nullIsAValueLikeAnyOther() {
    CacheableMap<String, @Nullable Integer> nulls = new CacheableMap<>("shop.Prices");
    given = nulls;
    Prices copy = prices().get(Prices.class);
    nulls.put("new", null);
    nulls.put("new", null);
    nulls.put("old", 1);
    nulls.put("old", null);
    nulls.remove("new");
    nulls.remove("absent");
    pair.pump();
    assertThat(copy.told).containsExactly("new=null", "old=1", "old=null", "new gone");
    assertThat(copy.entries).isEqualTo(nulls.entries());
  }

  @Test
  void aCopyHasTheEntriesAndThenWhateverChanges() {
    map.put("tea", 3);
    Prices copy = prices().get(Prices.class);
    assertThat(copy.entries).isEqualTo(Map.of("tea", 3L));
    map.put("tea", 3);
    map.put("tea", 4);
    map.put("milk", 1);
    map.remove("tea");
    map.remove("tea");
    pair.pump();
    assertThat(copy.told).containsExactly("tea=4", "milk=1", "tea gone");
    assertThat(copy.entries).isEqualTo(Map.of("milk", 1L));
    assertThat(map.entries()).isEqualTo(Map.of("milk", 1));
    assertThat(map.get("milk")).isEqualTo(1);
    assertThat(map).hasToString("shop.Prices{milk=1}");
  }

  @Test
  void whoLetsGoIsToldNothingMore() {
    Cached prices = prices();
    prices.close();
    pair.pump();
    map.put("tea", 3);
    pair.pump();
    assertThat(prices.get(Prices.class).told).isEmpty();
    assertThat(prices().get(Prices.class).entries).isEqualTo(Map.of("tea", 3L));
  }

  /** Nothing is lost or doubled between the state and the updates, and no order is changed. */
  @Test
  void changesOfManyThreadsArriveInTheirOrder() throws Exception {
    CountDownLatch begun = new CountDownLatch(THREADS);
    List<Thread> threads = new ArrayList<>();
    int[] count = {0};
    for (int t = 0; t < THREADS; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < CHANGES; i++) {
                  synchronized (map) {
                    map.put("count", ++count[0]);
                  }
                  begun.countDown();
                }
              });
      threads.add(thread);
      thread.start();
    }
    begun.await();
    List<Prices> copies = new ArrayList<>();
    List<Cached> held = new ArrayList<>();
    while (threads.stream().anyMatch(Thread::isAlive) || held.isEmpty()) {
      Cached cached = prices();
      if (!held.contains(cached)) {
        held.add(cached);
        copies.add(cached.get(Prices.class));
      }
      if (copies.size() < 20 && copies.size() % 2 == 1) {
        held.get(held.size() - 1).close();
      }
      pair.pump();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    pair.pump();
    Prices last = prices().get(Prices.class);
    assertThat(last.entries).isEqualTo(Map.of("count", (long) THREADS * CHANGES));
    for (Prices copy : copies) {
      List<Integer> numbers =
          copy.told.stream().map(told -> Integer.valueOf(told.substring(6))).toList();
      for (int i = 1; i < numbers.size(); i++) {
        assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 1);
      }
    }
  }
}
