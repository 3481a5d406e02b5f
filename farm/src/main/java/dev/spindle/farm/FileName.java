// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;

/**
 * The name of a job's file: a relative path with '/' between its parts, without empty parts, '.' or
 * '..', without control characters or backslashes, at most {@value #MAX_LENGTH} characters.
 * Resolving it below a folder can therefore never leave that folder by name.
 */
public record FileName(String value) implements Comparable<FileName> {
  public static final int MAX_LENGTH = 1024;

  public FileName {
    String fault = fault(value);
    if (fault != null) {
      throw new IllegalArgumentException(
          "'" + Texts.shown(value) + "' is not a file name of a job: " + fault);
    }
  }

  private static @org.jspecify.annotations.Nullable String fault(String value) {
    if (value.isEmpty()) {
      return "it is empty";
    }
    if (value.length() > MAX_LENGTH) {
      return "it is longer than " + MAX_LENGTH + " characters";
    }
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
      return "control characters and backslashes are not allowed";
    }
    for (String part : value.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return "expected a relative path without empty parts, '.' or '..'";
      }
    }
    return null;
  }

  public List<String> parts() {
    return List.of(value.split("/"));
  }

  @Override
  public int compareTo(FileName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
