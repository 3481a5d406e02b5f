// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Interfaces with a type that does not travel unless the endpoint's {@code Types} say how. */
final class Undeclarable {
  static final List<Class<?>> ALL =
      List.of(
          AnInstant.class,
          AnOffsetDateTime.class,
          AZonedDateTime.class,
          ADate.class,
          APeriod.class,
          ABuilder.class,
          AThread.class,
          AnEnumSet.class,
          AMapOfArrays.class,
          ASetOfMaps.class);

  private Undeclarable() {}

  interface AnInstant {
    Instant echo(Instant value);
  }

  interface AnOffsetDateTime {
    OffsetDateTime echo(OffsetDateTime value);
  }

  interface AZonedDateTime {
    ZonedDateTime echo(ZonedDateTime value);
  }

  interface ADate {
    Date echo(Date value);
  }

  interface APeriod {
    Period echo(Period value);
  }

  interface ABuilder {
    StringBuilder echo(StringBuilder value);
  }

  interface AThread {
    Runnable echo(Runnable value);
  }

  interface AnEnumSet {
    EnumSet<?> echo(EnumSet<?> value);
  }

  interface AMapOfArrays {
    Map<int[], String> echo(Map<int[], String> value);
  }

  interface ASetOfMaps {
    Set<Map<String, String>> echo(Set<Map<String, String>> value);
  }

  /** What an interface is refused for, without where. */
  static String reason(Class<?> face, Runnable use) {
    try {
      use.run();
    } catch (IllegalArgumentException e) {
      String text = String.valueOf(e.getMessage());
      String where = ".*" + Pattern.quote(face.getSimpleName()) + ".echo.*?'value': ";
      return text.replaceFirst(where, "");
    }
    throw new AssertionError(face.getSimpleName() + " can be declared");
  }
}
