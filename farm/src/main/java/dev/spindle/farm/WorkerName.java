// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.regex.Pattern;

/**
 * The name under which a worker registers: 1 to {@value #MAX_LENGTH} letters, digits, dots, dashes
 * and underscores, beginning with a letter or digit, so that it is safe in a file name and on a
 * command line.
 */
public record WorkerName(String value) implements Comparable<WorkerName> {
  public static final int MAX_LENGTH = 64;

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public WorkerName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'"
              + Texts.shown(value)
              + "' is not a worker name: use 1 to 64 letters, digits, '.', '-' or '_',"
              + " beginning with a letter or digit");
    }
  }

  @Override
  public int compareTo(WorkerName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
