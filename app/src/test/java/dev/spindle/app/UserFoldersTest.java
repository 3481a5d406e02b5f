// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserFoldersTest {
  @Test
  void theVariablesOfTheSpecificationWin() {
    Map<String, String> environment =
        Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "/data", "XDG_CACHE_HOME", "/cache");
    assertThat(UserFolders.data(environment)).isEqualTo(Path.of("/data"));
    assertThat(UserFolders.cache(environment)).isEqualTo(Path.of("/cache"));
  }

  @Test
  void withoutThemTheFoldersAreBelowHome() {
    Map<String, String> environment = Map.of("HOME", "/home/ada");
    assertThat(UserFolders.data(environment)).isEqualTo(Path.of("/home/ada/.local/share"));
    assertThat(UserFolders.cache(environment)).isEqualTo(Path.of("/home/ada/.cache"));
  }

  @Test
  void aPathThatIsNotAbsoluteIsIgnored() {
    Map<String, String> environment = Map.of("HOME", "/home/ada", "XDG_DATA_HOME", "data");
    assertThat(UserFolders.data(environment)).isEqualTo(Path.of("/home/ada/.local/share"));
  }

  @Test
  void withoutHomeItIsTheOneThatTheSystemKnows() {
    assertThat(UserFolders.cache(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache"));
  }
}
