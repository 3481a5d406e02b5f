// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A million references over one connection. No part of a build: {@code -Dtest=MillionReferences}
 * runs it, prints what it took, and {@code -Dspindle.interop.references} and {@code
 * -Dspindle.interop.seed} make it another one.
 */
class MillionReferences {
  private static final long REFERENCES = Long.getLong("spindle.interop.references", 1_000_000);
  private static final long SEED = Long.getLong("spindle.interop.seed", 1);

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void betweenJavaAndTwisted() throws Exception {
    System.out.println(Soak.betweenJavaAndTwisted(Pairing.JAVA_SERVER_PB, REFERENCES, SEED));
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void betweenJavaAndJava() throws Exception {
    System.out.println(Soak.betweenJavaAndJava(REFERENCES, SEED));
  }
}
