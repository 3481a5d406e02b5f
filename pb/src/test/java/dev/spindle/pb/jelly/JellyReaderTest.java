// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static dev.spindle.pb.jelly.Jelling.assertRefused;
import static dev.spindle.pb.jelly.Jelling.faultOf;
import static dev.spindle.pb.vectors.WireForms.bytes;
import static dev.spindle.pb.vectors.WireForms.list;
import static dev.spindle.pb.vectors.WireForms.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import dev.spindle.pb.vectors.SmallStack;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no Twisted peer sends, and what only this side promises. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JellyReaderTest {

  // ---- limits ----

  @Test
  void valuesMayBeNestedAsDeepAsTheLimit() throws Exception {
    assertThat(Jelling.read(lists(JellyLimits.MAX_READ_DEPTH))).isInstanceOf(List.class);
    assertRefused(Fault.RECURSION, lists(JellyLimits.MAX_READ_DEPTH + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "tuple", "dictionary", "set", "frozenset", "reference"})
  void theDeepestValueFitsASmallStack(String atom) throws Exception {
    Object expression = 1L;
    for (int i = 0; i < 4000; i++) {
      expression =
          switch (atom) {
            case "dictionary" -> list("dictionary", list(1, expression));
            case "reference" -> list("list", list("reference", i, list("list", expression)));
            default -> list(atom, expression);
          };
    }
    Object tooDeep = expression;
    assertThat(SmallStack.run(() -> faultOf(tooDeep))).isEqualTo(Fault.RECURSION);
  }

  private static Object lists(int depth) {
    Object expression = list("list");
    for (int i = 1; i < depth; i++) {
      expression = list("list", expression);
    }
    return expression;
  }

  @Test
  void anIdentifierMustBeAScalar() throws Exception {
    Object deep = 1L;
    for (int i = 0; i < 4000; i++) {
      deep = BananaList.of(deep);
    }
    Object nested = deep;
    assertThat(SmallStack.run(() -> faultOf(list("reference", nested, list("list")))))
        .isEqualTo(Fault.TYPE);
    assertThat(SmallStack.run(() -> faultOf(list("dereference", nested)))).isEqualTo(Fault.TYPE);
    assertRefused(Fault.TYPE, list("reference", list(1), 5));
  }

  // ---- tags ----

  /** Hands on what it is given, as a copy would. */
  private static final TagReaders BOX =
      tag ->
          tag.equals(bytes("box"))
              ? (expression, reader) -> List.copyOf(((Map<?, ?>) part(expression, reader)).values())
              : null;

  private static @Nullable Object part(BananaList expression, JellyReader reader)
      throws RefusedValueException {
    return reader.part(expression.get(1));
  }

  @Test
  void theStateOfATaggedValueIsCompleteAlthoughItHasReferencesInIt() throws Exception {
    Object shared = list("list", list("reference", 1, list("tuple")), list("dereference", 1));
    Object value =
        new JellyReader(BOX)
            .read(list("box", list("dictionary", list(text("a"), shared), list(text("b"), 2))));
    assertThat(value).isEqualTo(List.of(List.of(Tuple.of(), Tuple.of()), 2L));
  }

  @Test
  void aPartThatWouldBeKnownLaterIsRefused() {
    assertThatThrownBy(
            () ->
                new JellyReader(BOX)
                    .read(
                        list(
                            "list",
                            list("box", list("dereference", 1)),
                            list("reference", 1, list("dictionary")))))
        .isInstanceOf(RefusedValueException.class)
        .hasMessageContaining("must be known already");
  }

  @Test
  void aReaderIsUsableAfterARefusal() throws Exception {
    JellyReader reader = new JellyReader(TagReaders.NONE);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () -> reader.read(list("list", list("reference", 1, lists(600)), list("bad"))))
          .isInstanceOf(RefusedValueException.class);
      assertThat(reader.read(list("reference", 1, list("list")))).isEqualTo(List.of());
    }
  }

  @Test
  void whatWasReadOfARefusedValueIsLetGo() {
    List<WeakReference<Object>> read = new ArrayList<>();
    JellyReader reader =
        new JellyReader(
            tag ->
                (expression, self) -> {
                  if (!read.isEmpty()) {
                    throw new RefusedValueException(Fault.VALUE, "the second");
                  }
                  Object box = new Object();
                  read.add(new WeakReference<>(box));
                  return box;
                });
    assertThatThrownBy(
            () -> reader.read(list("list", list("reference", 1, list("box")), list("box"))))
        .hasMessage("the second");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return read.get(0).get() == null;
            });
    assertThatThrownBy(() -> reader.read(list("dereference", 1)))
        .hasMessageContaining("has no reference in its value");
  }

  // ---- arguments ----

  @Test
  void argumentsAreATupleOrAListAndKeywordsADictionaryOfNames() throws Exception {
    JellyReader reader = new JellyReader(TagReaders.NONE);
    assertThat(reader.readArguments(list("tuple", 1, 2))).containsExactly(1L, 2L);
    assertThat(reader.readArguments(list("list", 1, 2))).containsExactly(1L, 2L);
    assertThat(reader.readKeywords(list("dictionary"))).isEmpty();
    assertThat(reader.readKeywords(list("dictionary", list(text("a"), 1), list("b", 2))))
        .isEqualTo(Map.of("a", 1L, "b", 2L));
    assertThatThrownBy(() -> reader.readArguments(list("dictionary")))
        .hasMessageContaining("positional arguments must be a tuple");
    assertThatThrownBy(() -> reader.readKeywords(list("tuple")))
        .hasMessageContaining("keyword arguments must be a dictionary");
    assertThatThrownBy(() -> reader.readKeywords(list("dictionary", list(1, 1))))
        .hasMessageContaining("the name of a keyword argument must be text");
  }
}
