// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class of scenarios. Its text is a heading of {@code docs/interop.md}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith({TwistedPeers.Extension.class, ScenarioTable.Extension.class})
@interface AgainstTwisted {
  String value();
}
