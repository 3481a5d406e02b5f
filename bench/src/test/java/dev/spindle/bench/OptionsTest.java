// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void secondsMayHaveAFraction() {
    Options options = Options.parse(List.of("--rounds", "5", "--seconds", "0.5", "--warm-up", "1"));
    assertThat(options)
        .isEqualTo(
            new Options(
                EnumSet.allOf(Part.class),
                EnumSet.allOf(Payload.class),
                5,
                500,
                1000,
                "java",
                "/usr/bin/python3"));
  }

  @Test
  void partsAreNamed() {
    assertThat(Options.parse(List.of("--only", "idle,cold")).parts())
        .containsExactlyInAnyOrder(Part.IDLE, Part.COLD);
    assertThatThrownBy(() -> Options.parse(List.of("--only", "echo,all")))
        .hasMessage("--only 'all': expected some of echo, python, decode, idle, cold, fairness");
  }

  @Test
  void payloadsAreNamedAndEchoedInOrder() {
    assertThat(Options.parse(List.of("--echo", "chunk,int")).echoed())
        .containsExactly(Payload.INT, Payload.CHUNK);
    assertThatThrownBy(() -> Options.parse(List.of("--echo", "elephant")))
        .hasMessage("--echo 'elephant': expected some of int, dict, kilobyte, chunk");
  }

  @Test
  void aJdkIsAFolderWithAJava() {
    String home = System.getProperty("java.home");
    assertThat(Options.parse(List.of("--jdk", home)).java()).isEqualTo(home + "/bin/java");
    assertThatThrownBy(() -> Options.parse(List.of("--jdk", "/nowhere")))
        .hasMessage("--jdk '/nowhere': there is no /nowhere/bin/java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seconds 0", "--seconds x", "--seconds 3601", "--rounds -1", "--x 1"})
  void whatCannotBeIsRefusedByName(String line) {
    List<String> args = List.of(line.split(" "));
    assertThatThrownBy(() -> Options.parse(args))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(args.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1.5"})
  void roundsAreWhole(String rounds) {
    assertThatThrownBy(() -> Options.parse(List.of("--rounds", rounds)))
        .hasMessageContaining("whole number");
  }
}
