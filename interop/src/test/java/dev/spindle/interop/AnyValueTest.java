// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * Any value that Java and Python can both hold goes from either to the other and back and is the
 * same at each place: the same types, the same members in the same order, the same sharing and
 * cycles.
 *
 * <p>The values are the same in each build. {@code -Dspindle.interop.values=N} tests so many
 * instead, and {@code -Dspindle.interop.seed=N} others.
 */
class AnyValueTest {
  private static final int TRIES = 40;
  private static final int BATCH = 50;
  private static final int MOST_CONTAINERS = 24;
  private static final int MANY = 500;
  private static final String SEED = "20200711";

  /** What is to be found in descriptions of random values. */
  private static final List<String> KINDS =
      List.of(
          "None",
          "bool True",
          "bool False",
          "int \\d{130}",
          "int -\\d{130}",
          "float 8000000000000000",
          "float 7ff8000000000000",
          "float fff0000000000000",
          "Decimal -\\d+ -\\d+",
          "Decimal -\\d+ \\d+",
          "bytes 6c697374", // list
          "str'[^']*\\{10[0-9a-f]{4}}", // the last plane of Unicode
          "str'[^']*\\{0}",
          "date 1 1 1\\b",
          "date 9999 12 31",
          "datetime ",
          "time 23 59 59 999999",
          "timedelta 999999999 ",
          "timedelta -999999999 ",
          "list@\\d+\\[\\w",
          "tuple\\[]",
          "tuple@\\d+\\[\\w",
          "dict@\\d+\\[\\w",
          "\\bset@\\d+\\[\\w",
          "frozenset@\\d+\\[\\w",
          "dict@\\d+\\[tuple@", // as a key
          "set@\\d+\\[frozenset@",
          "list@(\\d+)\\[@\\1\\b", // in itself
          "list@(\\d+)\\[.*tuple@\\d+\\[[^\\]]*@\\1\\b",
          "dict@(\\d+)\\[.*: @\\1\\b",
          "tuple@(\\d+)\\[.*@\\1\\b"); // in itself by way of another, or met twice

  /** How many values each of those that a property is tried with stands for. */
  private static final long EACH =
      Math.max(1, Long.getLong("spindle.interop.values", TRIES * BATCH) / (TRIES * BATCH));

  private static final long OTHERS = Long.getLong("spindle.interop.seed", 0);

  private static final Meetings MEETINGS = new Meetings();

  @AfterContainer
  static void end() throws IOException {
    MEETINGS.close();
  }

  @Property(tries = TRIES, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void fromJavaToPythonAndBack(@ForAll("batches") List<RandomSeed> seeds, @ForAll Pairing pairing) {
    Meeting meeting = MEETINGS.of(pairing);
    for (List<RandomSeed> batch : batches(seeds)) {
      List<@Nullable Object> values = new ArrayList<>();
      batch.forEach(each -> values.add(RandomValue.of(each.seed(), each.containers())));
      List<String> expected = values.stream().map(Description::of).toList();

      List<?> there = list(meeting.call("describeEach", values.toArray()));
      List<?> back = list(meeting.call("echo", values));
      for (int i = 0; i < batch.size(); i++) {
        assertThat(there.get(i)).as("%s at Twisted", batch.get(i)).isEqualTo(expected.get(i));
        assertThat(Description.of(back.get(i)))
            .as("%s, back again", batch.get(i))
            .isEqualTo(expected.get(i));
      }
    }
  }

  @Property(tries = TRIES, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void fromPythonToJavaAndBack(@ForAll("batches") List<RandomSeed> seeds, @ForAll Pairing pairing) {
    Meeting meeting = MEETINGS.of(pairing);
    for (List<RandomSeed> batch : batches(seeds)) {
      JsonNode seen =
          meeting.twisted("observe_random", batch.stream().map(AnyValueTest::json).toArray());
      for (int i = 0; i < batch.size(); i++) {
        String made = seen.get(0).get(i).asText();
        assertThat(seen.get(1).get(i).asText()).as("%s at Java", batch.get(i)).isEqualTo(made);
        assertThat(seen.get(2).get(i).asText()).as("%s, back again", batch.get(i)).isEqualTo(made);
      }
    }
  }

  /** Else the properties would hold of values that nobody is in doubt about. */
  @Example
  void bothSidesMakeValuesOfEveryKind() {
    List<RandomSeed> seeds =
        LongStream.range(0, MANY)
            .mapToObj(seed -> new RandomSeed(seed, (int) seed % (MOST_CONTAINERS + 1)))
            .toList();
    List<String> java = new ArrayList<>();
    seeds.forEach(each -> java.add(Description.of(RandomValue.of(each.seed(), each.containers()))));
    List<String> python = new ArrayList<>();
    MEETINGS
        .of(Pairing.JAVA_SERVER_PB)
        .twisted("observe_random", seeds.stream().map(AnyValueTest::json).toArray())
        .get(0)
        .forEach(each -> python.add(each.asText()));

    for (List<String> made : List.of(java, python)) {
      for (String kind : KINDS) {
        assertThat(made.stream().anyMatch(Pattern.compile(kind).asPredicate()))
            .as("that some value has %s", kind)
            .isTrue();
      }
    }
  }

  @Provide
  Arbitrary<List<RandomSeed>> batches() {
    return seeds()
        .list()
        .ofMinSize(1)
        .ofMaxSize(2 * BATCH - 1)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<RandomSeed> seeds() {
    return Combinators.combine(
            Arbitraries.longs().withDistribution(RandomDistribution.uniform()),
            Arbitraries.integers()
                .between(0, MOST_CONTAINERS)
                .withDistribution(RandomDistribution.uniform()))
        .as((seed, containers) -> new RandomSeed(seed ^ OTHERS, containers));
  }

  /** The batch itself, and others like it. */
  private static List<List<RandomSeed>> batches(List<RandomSeed> seeds) {
    return LongStream.range(0, EACH)
        .mapToObj(
            n ->
                seeds.stream()
                    .map(each -> new RandomSeed(each.seed() + n, each.containers()))
                    .toList())
        .toList();
  }

  private static List<Long> json(RandomSeed seed) {
    return List.of(seed.seed(), (long) seed.containers());
  }

  private static List<?> list(@Nullable Object answer) {
    return (List<?>) Objects.requireNonNull(answer);
  }
}
