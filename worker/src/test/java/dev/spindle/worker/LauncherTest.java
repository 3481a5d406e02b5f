// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir Path temp;

  private String run(Launcher launcher, OptionalInt mark, String... argv)
      throws IOException, InterruptedException {
    var command = new Command(List.of(argv), temp, Map.of("PATH", System.getenv("PATH")), "m");
    Process process = launcher.start(command, mark, CommandPipes.ofJava());
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.trim();
  }

  @Test
  void markIsSetBeforeTheCommandRuns() throws Exception {
    for (Launcher launcher :
        List.of(
            Launcher.ofThisSystem(),
            new Launcher(Optional.of("/usr/bin/setsid"), Optional.empty()),
            new Launcher(Optional.empty(), Optional.empty()))) {
      assertThat(run(launcher, OptionalInt.of(777), "cat", "/proc/self/oom_score_adj"))
          .isEqualTo("777");
    }
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    var launcher = new Launcher(Optional.empty(), Optional.empty());

    assertThat(run(launcher, OptionalInt.of(777), "printf", "%s|", "a b", "$HOME", "", "*"))
        .isEqualTo("a b|$HOME||*|");
  }

  @Test
  void withoutMarkAndSessionTheCommandIsStartedDirectly() {
    var launcher = new Launcher(Optional.empty(), Optional.empty());
    var command = new Command(List.of("a", "b"), temp, Map.of(), "m");

    assertThat(launcher.argv(command, OptionalInt.empty())).containsExactly("a", "b");
    assertThat(launcher.ownGroup()).isFalse();
  }

  @Test
  void aProgramThatIsMissingIsToldByItsNameAlone() throws Exception {
    for (Launcher launcher :
        List.of(Launcher.ofThisSystem(), new Launcher(Optional.empty(), Optional.empty()))) {
      var command = new Command(List.of("no such $x\\n", "a"), temp, Map.of("PATH", "/bin"), "m");
      Process process = launcher.start(command, OptionalInt.of(777), CommandPipes.ofJava());

      assertThat(process.waitFor()).isEqualTo(CommandExit.NOT_FOUND);
      assertThat(process.getErrorStream()).hasContent("no such $x\\n: no such program");
      assertThat(process.getInputStream()).isEmpty();
    }
  }
}
