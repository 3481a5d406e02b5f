// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.AttemptId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code [job id, attempt]}. */
public final class AttemptForm {
  private AttemptForm() {}

  public static List<Long> toList(AttemptId attempt) {
    return List.of(attempt.job().number(), (long) attempt.attempt());
  }

  public static AttemptId read(@Nullable Object value) {
    if (value instanceof List<?> pair
        && pair.size() == 2
        && pair.get(0) instanceof Long job
        && pair.get(1) instanceof Long attempt
        && job > 0
        && attempt > 0
        && attempt <= Integer.MAX_VALUE) {
      return AttemptId.of(job, attempt.intValue());
    }
    throw Dict.invalid("expected [job id, attempt], two int from 1, found " + found(value));
  }

  private static String found(@Nullable Object value) {
    return value instanceof List<?> list && list.size() != 2
        ? "a list of " + list.size()
        : value instanceof List<?> pair
            ? "[" + shown(pair.get(0)) + ", " + shown(pair.get(1)) + "]"
            : Dict.typeOf(value);
  }

  private static String shown(@Nullable Object part) {
    return part instanceof Long number ? number.toString() : Dict.typeOf(part);
  }
}
