// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How an interface to users differs from what it was.
 *
 * @param added lines that are new
 * @param removed lines that are gone; a line that changed is one of each
 */
record ApiChange(List<String> added, List<String> removed) {

  static ApiChange between(List<String> before, List<String> now) {
    return new ApiChange(without(now, before), without(before, now));
  }

  private static List<String> without(List<String> lines, List<String> others) {
    Set<String> rest = new LinkedHashSet<>(lines);
    others.forEach(rest::remove);
    return List.copyOf(rest);
  }

  boolean isNone() {
    return added.isEmpty() && removed.isEmpty();
  }

  /** Programs that were compiled or written before may not go on working. */
  boolean breaksPrograms() {
    return !removed.isEmpty() || added.stream().anyMatch(this::mustBeImplemented);
  }

  /** A method without a body in an interface or class that there was before. */
  private boolean mustBeImplemented(String line) {
    String type = line.substring(0, line.indexOf(": ") + 2);
    boolean isNewType =
        added.stream().anyMatch(other -> other.startsWith(type) && other.contains(" < "));
    return line.contains(": public abstract ") && line.contains("(") && !isNewType;
  }

  @Override
  public String toString() {
    List<String> told = new ArrayList<>();
    removed.forEach(line -> told.add("  - " + line));
    added.forEach(line -> told.add("  + " + line));
    return String.join("\n", told);
  }
}
