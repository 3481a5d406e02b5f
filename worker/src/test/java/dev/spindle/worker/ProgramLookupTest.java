// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.worker.ProgramLookup.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramLookupTest {
  @TempDir Path dir;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(dir.resolve("bin/folder"));
    Files.writeString(dir.resolve("bin/text"), "text");
    Files.createFile(dir.resolve("bin/program"));
    assertThat(dir.resolve("bin/program").toFile().setExecutable(true)).isTrue();
    Files.createDirectories(dir.resolve("late"));
    Files.createFile(dir.resolve("late/text"));
    assertThat(dir.resolve("late/text").toFile().setExecutable(true)).isTrue();
  }

  private void assertFound(String name, Map<String, String> environment) {
    assertThat(ProgramLookup.fault(command(name, environment))).isEmpty();
  }

  private void assertFault(String name, Map<String, String> environment, int status, String text) {
    assertThat(ProgramLookup.fault(command(name, environment))).contains(new Fault(status, text));
  }

  private Command command(String name, Map<String, String> environment) {
    return new Command(List.of(name, "argument"), dir, environment, "m");
  }

  @Test
  void aNameIsLookedUpOnThePathOfTheCommand() {
    assertFound("program", Map.of("PATH", "/nowhere:" + dir.resolve("bin")));
    assertFault("program", Map.of("PATH", "/nowhere"), 127, "program: no such program");
  }

  @Test
  void withoutAPathTheSystemsOwnFoldersServe() {
    assertFound("sh", Map.of());
  }

  @Test
  void foldersOfThePathAreRelativeToTheCommandsAndAnEmptyOneIsItsOwn() {
    assertFound("program", Map.of("PATH", "bin"));
    assertFault("program", Map.of("PATH", ":"), 127, "program: no such program");
    assertThat(dir.resolve("bin/program").toFile().renameTo(dir.resolve("program").toFile()))
        .isTrue();
    assertFound("program", Map.of("PATH", ":"));
    assertFound("program", Map.of("PATH", "/nowhere:"));
  }

  @Test
  void aNameWithASlashIsAPath() {
    assertFound("bin/program", Map.of("PATH", "/nowhere"));
    assertFound(dir.resolve("bin/program").toString(), Map.of());
    assertFault("./program", Map.of("PATH", "bin"), 127, "./program: no such file");
  }

  @Test
  void whatIsNoProgramIsPassedOverForALaterOne() {
    assertFault("text", Map.of("PATH", "bin"), 126, "text: not an executable file");
    assertFault("bin/folder", Map.of(), 126, "bin/folder: not an executable file");
    assertFound("text", Map.of("PATH", "bin:late"));
  }

  @Test
  void anEmptyNameIsNowhere() {
    assertFault("", Map.of("PATH", "bin"), 127, ": no such program");
  }
}
