// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reference counts hold whatever is done with references. {@link MillionReferences} does more. */
class SoakTest {
  /** Of each pairing; with half of it between two of Java 50,000 in all. */
  private static final long REFERENCES = 20_000;

  @ParameterizedTest
  @EnumSource(names = {"TWISTED_SERVER_PB", "JAVA_SERVER_NONE"})
  void betweenJavaAndTwisted(Pairing pairing) throws Exception {
    Soak.betweenJavaAndTwisted(pairing, REFERENCES, 1);
  }

  @Test
  void betweenJavaAndJava() throws Exception {
    Soak.betweenJavaAndJava(REFERENCES / 2, 1);
  }
}
