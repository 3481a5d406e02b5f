// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcTest {
  private static final String REST =
      " S 7 8 9 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 200 18446744073709551615";

  @Test
  void nameMayHoldSpacesAndParentheses() {
    assertThat(Proc.parse(42, "42 (a) b (c))" + REST)).contains(new Proc(42, 7, 8, 9, 'S', 98765));
  }

  @Test
  void lineThatIsCutIsNoProcess() {
    assertThat(Proc.parse(42, "42 (sh) S 7 8")).isEmpty();
    assertThat(Proc.parse(42, "42 (sh")).isEmpty();
  }

  @Test
  void marksAreDistinctAndEnd() {
    var marks = new OomMarks(Optional.of(998));

    assertThat(marks.take()).hasValue(999);
    assertThat(marks.take()).hasValue(1000);
    assertThat(marks.take()).isEmpty();
    marks.give(999);
    assertThat(marks.take()).hasValue(999);
    assertThat(new OomMarks(Optional.of(0)).take()).hasValue(OomMarks.LOWEST);
    assertThat(new OomMarks(Optional.empty()).take()).isEmpty();
  }

  @Test
  void leaseLeavesTimeToDie() {
    var minute = Duration.ofMinutes(1);
    var second = Duration.ofSeconds(1);

    assertThat(Lease.rest(minute, second.multipliedBy(5), second)).hasSeconds(54);
    assertThat(Lease.rest(minute, minute, second.multipliedBy(0))).hasSeconds(30);
    assertThat(Lease.rest(minute, second, minute)).isZero();
  }
}
