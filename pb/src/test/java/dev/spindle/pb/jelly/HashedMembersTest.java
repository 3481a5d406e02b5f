// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static dev.spindle.pb.jelly.Jelling.assertRefused;
import static dev.spindle.pb.vectors.WireForms.bytes;
import static dev.spindle.pb.vectors.WireForms.list;
import static dev.spindle.pb.vectors.WireForms.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys and members of sets, which are looked at by their hash. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HashedMembersTest {

  /** 2^60 parts in a few hundred bytes, were each looked at wherever it is mentioned. */
  @Test
  void aKeyThatSharesItsPartsIsNotLookedAtForever() {
    Object key = list("reference", 0, list("tuple", 1));
    for (int i = 1; i <= 60; i++) {
      key = list("reference", i, list("tuple", key, list("dereference", i - 1)));
    }
    assertRefused(Fault.VALUE, list("dictionary", list(key, 1)));
    assertRefused(Fault.VALUE, list("set", key));
    assertRefused(Fault.VALUE, list("frozenset", key));
  }

  @Test
  void asManyPartsOfKeysAreReadAsTheLimit() throws Exception {
    // A pair of a tuple with one member counts as two parts.
    assertThat((Map<?, ?>) Jelling.read(tupleKeys(JellyLimits.MAX_KEY_PARTS / 2)))
        .hasSize(JellyLimits.MAX_KEY_PARTS / 2);
    assertRefused(Fault.VALUE, tupleKeys(JellyLimits.MAX_KEY_PARTS / 2 + 1));
  }

  private static Object tupleKeys(int count) {
    Object[] pairs = new Object[count + 1];
    pairs[0] = bytes("dictionary");
    for (int i = 1; i <= count; i++) {
      pairs[i] = list(list("tuple", i), 0);
    }
    return BananaList.of(pairs);
  }

  /** Tuples whose hashes collide make a map as slow as a list: hence the limit above. */
  @Test
  void keysThatCollideDoNotTakeLong() {
    Object[] pairs = new Object[JellyLimits.MAX_KEY_PARTS / 3 + 1];
    pairs[0] = bytes("dictionary");
    for (int i = 1; i < pairs.length; i++) {
      pairs[i] = list(list("tuple", i, 1_000_000 - 31L * i), 0);
    }
    CompletableFuture<Object> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Jelling.read(BananaList.of(pairs));
              } catch (RefusedValueException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(read).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void numbersAndTextAreKeysWithoutLimit() throws Exception {
    Object[] pairs = new Object[100_001];
    pairs[0] = bytes("dictionary");
    for (int i = 1; i < pairs.length; i++) {
      pairs[i] = list(i % 2 == 0 ? (long) i : text("k" + i), 0);
    }
    assertThat((Map<?, ?>) Jelling.read(BananaList.of(pairs))).hasSize(100_000);
  }

  @Test
  void whatHoldsItselfIsNoKey() {
    Object self = list("reference", 1, list("tuple", list("dereference", 1)));
    assertRefused(Fault.TYPE, list("set", self));
    Object frozen = list("reference", 1, list("frozenset", list("tuple", list("dereference", 1))));
    assertRefused(Fault.TYPE, frozen);
    assertRefused(Fault.TYPE, list("reference", 1, list("frozenset", list("dereference", 1))));
  }

  /** Its hash would change once it is filled, and the set would not find it any more. */
  @Test
  void aFrozensetThatIsReadLaterIsAMemberOnlyIfItIsCompleteByThen() throws Exception {
    Object member = list("set", list("tuple", list("dereference", 1)));
    List<?> value =
        (List<?>) Jelling.read(list("list", member, list("reference", 1, list("frozenset", 7))));
    assertThat(((Set<?>) value.get(0)).contains(Tuple.of(FrozenSet.copyOf(List.of(7L))))).isTrue();
    assertRefused(
        Fault.TYPE,
        list("list", member, list("reference", 1, list("frozenset", list("tuple", 7)))));
  }

  @Test
  void aKeyThatIsReadLaterIsFoundInItsMap() throws Exception {
    Object value =
        Jelling.read(
            list(
                "list",
                list("dictionary", list(list("dereference", 1), 5)),
                list("set", list("dereference", 1)),
                list("reference", 1, list("tuple", 7))));
    List<?> list = (List<?>) value;
    assertThat(((Map<?, ?>) list.get(0)).get(Tuple.of(7L))).isEqualTo(5L);
    assertThat((Set<?>) list.get(1)).hasSize(1);
    assertThat(((Set<?>) list.get(1)).contains(Tuple.of(7L))).isTrue();
  }

  @Test
  void aMemberThatIsReadLaterIsPutInItsPlace() throws Exception {
    Object value =
        Jelling.read(
            list(
                "list",
                list(
                    "dictionary",
                    list(text("a"), list("dereference", 1)),
                    list(text("b"), list("dereference", 1)),
                    list(text("b"), 2)),
                list("reference", 1, list("list"))));
    List<?> list = (List<?>) value;
    Map<?, ?> dict = (Map<?, ?>) list.get(0);
    assertThat(dict.get("a")).isSameAs(list.get(1));
    assertThat(dict.get("b")).as("the last pair wins").isEqualTo(2L);
  }
}
