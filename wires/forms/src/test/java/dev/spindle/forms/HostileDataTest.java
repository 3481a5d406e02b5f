// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.FileName;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.PbError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a peer sends is read or refused as {@code spindle.Invalid}; nothing else comes out. */
class HostileDataTest {
  private static final Map<String, Function<@Nullable Object, @Nullable Object>> READERS =
      Map.of(
          "job", JobForm::read,
          "spec", SpecForm::read,
          "file", FileForm::read,
          "result", ResultForm::read,
          "attempt", AttemptForm::read,
          "log", value -> LogForm.read(new JobId(1), value),
          "grant", value -> GrantForm.read(new FileName("f"), value),
          "status", StatusForm::read,
          "info", value -> WorkerInfoForm.read(value, "wire", "address"));

  private static final List<String> KEYS =
      List.of(
          "args",
          "at",
          "attempt",
          "attempts",
          "boot",
          "command",
          "cpus",
          "elapsed",
          "end",
          "ended_at",
          "env",
          "exclusive",
          "exit",
          "expires",
          "free_disk",
          "holds",
          "host",
          "id",
          "inputs",
          "kind",
          "kinds",
          "load",
          "max_attempts",
          "max_time",
          "md5",
          "name",
          "number",
          "offset",
          "outcome",
          "outputs",
          "password",
          "path",
          "percent",
          "port",
          "priority",
          "reason",
          "running",
          "sequence",
          "sha256",
          "size",
          "slots",
          "spec",
          "started_at",
          "state",
          "stream",
          "submitted_at",
          "tags",
          "text",
          "timeout",
          "tls",
          "user",
          "version",
          "worker");

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void anyPlainData(@ForAll("plain") Object value) {
    READERS.values().forEach(reader -> readOrRefuse(reader, value));
  }

  /** A right dictionary with one wrong value in it gets further than a random one. */
  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void oneWrongValue(@ForAll("valid") Map<?, ?> valid, @ForAll("plain") Object wrong) {
    for (Object key : valid.keySet()) {
      Map<Object, Object> changed = new LinkedHashMap<>(valid);
      changed.put(key, wrong);
      READERS.values().forEach(reader -> readOrRefuse(reader, changed));
    }
  }

  private static void readOrRefuse(
      Function<@Nullable Object, @Nullable Object> reader, @Nullable Object value) {
    try {
      assertThat(reader.apply(value)).isNotNull();
    } catch (PbError e) {
      assertThat(e.type()).isEqualTo("spindle.Invalid");
      assertThat(e.getMessage()).isNotBlank().doesNotContain("null").hasSizeLessThan(2000);
    }
  }

  @Test
  void aListThatContainsItselfIsRefusedToo() {
    List<Object> inner = new ArrayList<>();
    List<Object> outer = new ArrayList<>(List.of(inner));
    inner.add(outer);
    READERS.values().forEach(reader -> readOrRefuse(reader, outer));
    READERS
        .values()
        .forEach(
            reader ->
                KEYS.forEach(key -> readOrRefuse(reader, new LinkedHashMap<>(Map.of(key, outer)))));
  }

  @Test
  void aRefusalDoesNotRepeatWhatWasSent() {
    String secret = "x".repeat(100_000);
    assertThatThrownBy(() -> AttemptForm.read(List.of(secret, 1L)))
        .isInstanceOf(PbError.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Provide
  Arbitrary<Map<?, ?>> valid() {
    return Arbitraries.oneOf(
            Values.job().map(JobForm::toDict),
            Values.spec().map(SpecForm::toDict),
            Values.file().map(FileForm::toDict),
            Values.result().map(ResultForm::toDict),
            Values.chunk().map(LogForm::toDict),
            Values.status().map(StatusForm::toDict),
            Values.info("wire", "address").map(WorkerInfoForm::toDict))
        .map(form -> (Map<?, ?>) Wire.across(form));
  }

  @Provide
  Arbitrary<Object> plain() {
    return Arbitraries.recursive(HostileDataTest::scalar, HostileDataTest::container, 0, 3);
  }

  private static Arbitrary<Object> container(Arbitrary<Object> member) {
    return Arbitraries.oneOf(
        member,
        member.list().ofMaxSize(3).map(list -> (Object) list),
        Combinators.combine(key().list().ofMaxSize(8), member.list().ofSize(8))
            .as(HostileDataTest::dict));
  }

  private static Object dict(List<Object> keys, List<Object> values) {
    Map<Object, Object> dict = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      dict.put(keys.get(i), values.get(i));
    }
    return dict;
  }

  private static Arbitrary<Object> key() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(9, Arbitraries.of(KEYS).map(key -> (Object) key)),
        net.jqwik.api.Tuple.of(1, scalar()));
  }

  private static Arbitrary<Object> scalar() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "", "shell", "stdout", "running", "a".repeat(64), "../x", "-1", "QUEUED", "\0", "w1"),
        Arbitraries.longs().map(n -> (Object) n),
        Arbitraries.of(0L, 1L, -1L, 1000L, 1L << 31, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE),
        Arbitraries.of(
            0.0,
            -0.0,
            1.5,
            -1.0,
            1e9,
            1e10,
            -1e10,
            9.3e9,
            1e300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE),
        Arbitraries.of(
            BigInteger.ONE.shiftLeft(64),
            BigInteger.ONE.shiftLeft(2000),
            new BigDecimal("1e400"),
            new BigDecimal("0.1")),
        Arbitraries.of(true, false),
        Arbitraries.of(ByteString.utf8("shell"), ByteString.EMPTY));
  }

  @Test
  void numbersOutOfRangeAreNeverBentToFit() {
    for (Object priority : new Object[] {1.5, Double.NaN, 1e300, 1001L, -1001L, 1L << 32}) {
      refused("priority", priority, "priority");
    }
    for (Object attempts : new Object[] {0L, -1L, 1L << 31, 2.5, BigInteger.TEN.pow(30)}) {
      refused("max_attempts", attempts, "max");
    }
    for (Object time : new Object[] {0L, -1.0, 1.1e10, Double.NaN, BigInteger.TEN.pow(30)}) {
      refused("timeout", time, "time");
      refused("max_time", time, "max");
    }
  }

  private static void refused(String key, Object value, String named) {
    JobSpec good = JobSpec.of(new ShellWork(List.of("true"), Map.of())).build();
    Map<Object, Object> spec = new LinkedHashMap<>((Map<?, ?>) Wire.across(SpecForm.toDict(good)));
    spec.put(key, value);
    assertThatThrownBy(() -> SpecForm.read(spec))
        .as("%s = %s", key, value)
        .isInstanceOf(PbError.class)
        .hasMessageContaining(named);
  }
}
