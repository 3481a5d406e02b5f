// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/**
 * The number of a job, given by the controller, rising from 1 and never used twice.
 *
 * @param number at least 1
 */
public record JobId(long number) implements Comparable<JobId> {
  public JobId {
    if (number < 1) {
      throw new IllegalArgumentException("job id " + number + ": ids start at 1");
    }
  }

  /**
   * Reads what a person typed.
   *
   * @throws IllegalArgumentException when the text is not a positive whole number
   */
  public static JobId parse(String text) {
    try {
      return new JobId(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a job id: expected a number such as 12", e);
    }
  }

  @Override
  public int compareTo(JobId other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
