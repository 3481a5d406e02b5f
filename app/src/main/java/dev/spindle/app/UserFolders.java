// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.nio.file.Path;

/** The user's folders by the XDG base directory specification. */
final class UserFolders {
  private UserFolders() {}

  static Path data() {
    return folder("XDG_DATA_HOME", ".local/share");
  }

  static Path cache() {
    return folder("XDG_CACHE_HOME", ".cache");
  }

  /** The variable must name an absolute path; the specification has any other ignored. */
  private static Path folder(String variable, String belowHome) {
    String named = System.getenv(variable);
    if (named != null && Path.of(named).isAbsolute()) {
      return Path.of(named);
    }
    return Path.of(System.getProperty("user.home")).resolve(belowHome);
  }
}
