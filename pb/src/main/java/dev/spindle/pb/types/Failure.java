// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.io.Serializable;
import java.util.List;

/**
 * An error as it travels: names and text. No class is loaded because a peer named it.
 *
 * @param type the error's class, such as {@code builtins.ValueError}
 * @param text its own words; may be empty
 * @param parents the class and its bases, nearest first
 * @param traceback where it was raised, when the other side sends that, else a remark that it does
 *     not
 */
public record Failure(String type, String text, List<String> parents, String traceback)
    implements Serializable {
  public Failure {
    parents = List.copyOf(parents);
  }

  /** Whether the error's class is of this name or derives from it, as Twisted's {@code trap}. */
  public boolean isA(String name) {
    return type.equals(name) || parents.contains(name);
  }
}
