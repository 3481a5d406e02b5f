// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.nio.file.Path;
import java.util.Map;

/** The user's folders by the XDG base directory specification. */
final class UserFolders {
  private UserFolders() {}

  static Path data() {
    return data(System.getenv());
  }

  static Path cache() {
    return cache(System.getenv());
  }

  static Path data(Map<String, String> environment) {
    return folder(environment, "XDG_DATA_HOME", ".local/share");
  }

  static Path cache(Map<String, String> environment) {
    return folder(environment, "XDG_CACHE_HOME", ".cache");
  }

  /** The variable must name an absolute path; the specification has any other ignored. */
  private static Path folder(Map<String, String> environment, String variable, String belowHome) {
    Path named = Path.of(environment.getOrDefault(variable, ""));
    return named.isAbsolute() ? named : home(environment).resolve(belowHome);
  }

  /** As shells have it; Java itself knows only what the system's list of users says. */
  private static Path home(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", ""));
    return home.isAbsolute() ? home : Path.of(System.getProperty("user.home"));
  }
}
