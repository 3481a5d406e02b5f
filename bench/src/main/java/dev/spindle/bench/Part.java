// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be measured, in the order in which it is. */
enum Part {
  ECHO,
  PYTHON,
  DECODE,
  IDLE,
  COLD,
  FAIRNESS;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String words() {
    return Arrays.stream(values()).map(Part::word).collect(Collectors.joining(", "));
  }

  /**
   * @throws IllegalArgumentException naming what there is
   */
  static Part of(String word) {
    for (Part part : values()) {
      if (part.word().equals(word)) {
        return part;
      }
    }
    throw new IllegalArgumentException("--only '" + word + "': expected some of " + words());
  }
}
