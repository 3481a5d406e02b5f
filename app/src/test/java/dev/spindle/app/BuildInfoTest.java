// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BuildInfoTest {
  @Test
  void theBuildLeavesItsVersion() {
    BuildInfo built = BuildInfo.read();
    assertThat(built.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(built.commit()).doesNotContain("${");
  }

  @Test
  void anUnknownCommitIsNotShown() {
    assertThat(new BuildInfo("1.2.3", "").line()).isEqualTo("spindle 1.2.3");
  }

  @Test
  void aKnownCommitIsShown() {
    assertThat(new BuildInfo("1.2.3", "0123456789, modified").line())
        .isEqualTo("spindle 1.2.3 (commit 0123456789, modified)");
  }
}
