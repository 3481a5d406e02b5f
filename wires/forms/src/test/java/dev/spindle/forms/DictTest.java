// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerName;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.PbError;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a dictionary is said by key and type. */
class DictTest {

  @ParameterizedTest
  @ValueSource(strings = {"name", "slots", "boot"})
  void aMissingKeyIsNamed(String key) {
    Map<Object, Object> info = info();
    info.remove(key);
    assertRefused(info, "info misses '" + key + "'");
    info.put(key, null);
    assertRefused(info, "info misses '" + key + "'");
  }

  @Test
  void aWrongTypeIsNamedAsPythonNamesIt() {
    Map<Object, String> names = new HashMap<>();
    names.put("text", "str");
    names.put(ByteString.utf8("text"), "bytes");
    names.put(true, "bool");
    names.put(1.5, "float");
    names.put(List.of(), "list");
    names.put(Map.of(), "dict");
    names.forEach(
        (wrong, name) -> {
          Map<Object, Object> info = info();
          info.put("slots", wrong);
          assertRefused(info, "info: 'slots' must be int, not " + name);
        });
    Map<Object, Object> info = info();
    info.put("name", 12L);
    assertRefused(info, "info: 'name' must be str, not int");
  }

  @Test
  void anIntegerOutOfRangeIsNamed() {
    Map<Object, Object> info = info();
    info.put("slots", 1L << 31);
    assertRefused(info, "info: 'slots' is out of range: 2147483648");
    info.put("slots", BigInteger.ONE.shiftLeft(64));
    assertRefused(info, "info: 'slots' is out of range");
    info.put("slots", 0L);
    assertRefused(info, "claims 0 slots: expected 1 to " + WorkerInfo.MAX_SLOTS);
  }

  @Test
  void whatIsNoDictIsRefused() {
    assertThatThrownBy(() -> WorkerInfoForm.read(null, "w", "a"))
        .hasMessage("info must be a dict, not None");
    assertThatThrownBy(() -> WorkerInfoForm.read(List.of(), "w", "a"))
        .hasMessage("info must be a dict, not list");
  }

  @Test
  void aMemberOfTheWrongTypeIsNamedByItsList() {
    Map<Object, Object> info = info();
    info.put("tags", List.of("a", 1L));
    assertRefused(info, "info: 'tags' must be a list of str, found int");
    info = info();
    info.put("running", List.of(List.of(1L, 0L)));
    assertRefused(info, "expected [job id, attempt], two int from 1, found [1, 0]");
  }

  @Test
  void aTimeOutOfRangeIsNamedByItsKey() {
    Map<Object, Object> spec = sent(SpecForm.toDict(spec()));
    spec.put("timeout", Double.NaN);
    assertThatThrownBy(() -> SpecForm.read(spec))
        .hasMessageStartingWith("job: 'timeout' is a time of NaN seconds");
    spec.put("timeout", -2L);
    assertThatThrownBy(() -> SpecForm.read(spec)).hasMessageContaining("timeout PT-2S");
  }

  @Test
  void theEnvironmentIsTextOnly() {
    Map<Object, Object> spec = sent(SpecForm.toDict(spec()));
    spec.put("args", Map.of("command", List.of("true"), "env", Map.of("A", 1L)));
    assertThatThrownBy(() -> SpecForm.read(spec))
        .isInstanceOf(PbError.class)
        .hasMessageContaining("'args': names and values must be str");
    spec.put("args", Map.of("command", List.of()));
    assertThatThrownBy(() -> SpecForm.read(spec)).hasMessageContaining("no command given");
  }

  @Test
  void anUnknownKindIsNamedWithTheKnownOne() {
    Map<Object, Object> spec = sent(SpecForm.toDict(spec()));
    spec.put("kind", "docker");
    assertThatThrownBy(() -> SpecForm.read(spec))
        .hasMessage("job: unknown kind 'docker': expected shell");
  }

  @Test
  void oneRegistrationNamesNoMoreThanItsLimit() {
    for (String key : List.of("tags", "kinds", "holds", "running")) {
      Object member =
          switch (key) {
            case "holds" -> "a".repeat(64);
            case "running" -> List.of(1L, 1L);
            default -> "x";
          };
      Map<Object, Object> info = info();
      info.put(key, Collections.nCopies(WorkerInfoForm.MAX_ITEMS, member));
      assertThat(WorkerInfoForm.read(info, "w", "a").name()).isEqualTo(new WorkerName("w1"));
      info.put(key, Collections.nCopies(WorkerInfoForm.MAX_ITEMS + 1, member));
      assertRefused(info, "info: '" + key + "' has 10001 members: at most 10000");
    }
  }

  private static JobSpec spec() {
    return JobSpec.of(new ShellWork(List.of("true"), Map.of())).build();
  }

  private static Map<Object, Object> info() {
    return sent(
        WorkerInfoForm.toDict(
            new WorkerInfo(
                new WorkerName("w1"),
                "wire",
                "address",
                "1.0",
                Set.of(),
                2,
                4,
                Set.of("shell"),
                Set.of(),
                List.of(),
                "boot",
                true)));
  }

  private static Map<Object, Object> sent(Map<String, ?> form) {
    return new LinkedHashMap<>((Map<?, ?>) Wire.across(form));
  }

  private static void assertRefused(Object info, String text) {
    assertThatThrownBy(() -> WorkerInfoForm.read(info, "wire", "address"))
        .isInstanceOf(PbError.class)
        .hasMessageContaining(text)
        .satisfies(e -> assertThat(((PbError) e).type()).isEqualTo("spindle.Invalid"));
  }
}
