// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import static dev.spindle.pb.jelly.Jelling.assertRefused;
import static dev.spindle.pb.vectors.WireForms.list;
import static dev.spindle.pb.vectors.WireForms.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates and decimals that Python would not write. */
class DatesTest {

  @ParameterizedTest
  @ValueSource(strings = {"datetime", "date", "time", "timedelta"})
  void aDateThatIsNotTextIsRefused(String atom) {
    Object broken = ByteString.copyOf(new byte[] {'1', ' ', (byte) 0xff, ' ', '1'});
    assertRefused(Fault.VALUE, list(atom, broken));
    assertRefused(Fault.VALUE, list(atom, "1 x 1"));
    assertRefused(Fault.VALUE, list(atom, "1 99999999999999999999 1"));
    assertRefused(Fault.VALUE, list(atom, "1 ".repeat(200)));
    assertRefused(Fault.TYPE, list(atom, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775807 9223372036854775807 0",
        "-9223372036854775808 0 0",
        "1000000000 0 0",
        "-1000000000 0 0"
      })
  void aTimedeltaBeyondPythonsIsRefused(String text) {
    assertRefused(Fault.VALUE, list("timedelta", text));
  }

  @Test
  void aDecimalOfAnyIntegersIsReadAndNeverComputed() throws Exception {
    assertThat(Jelling.read(list("decimal", 1, 2_000_000_000L))).hasToString("1E+2000000000");
    assertRefused(Fault.VALUE, list("decimal", 1, Long.MIN_VALUE));
    assertRefused(Fault.VALUE, list("decimal", 1.5, 0));
  }
}
