// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.List;

/**
 * An error that the callee means the caller to see, under a name that the caller can trap.
 *
 * <p>Twisted programs see it as a {@code twisted.spread.pb.Error}.
 */
public class PbError extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final String PB_ERROR = "twisted.spread.pb.Error";

  private final String type;
  private final List<String> bases;

  /**
   * @param type the name to trap, such as {@code myapp.NoSuchThing}
   * @param text for people
   */
  public PbError(String type, String text) {
    this(type, text, List.of(PB_ERROR));
  }

  /**
   * @param bases further names to trap it by, nearest first, without the ones that every Python
   *     exception has
   */
  public PbError(String type, String text, List<String> bases) {
    super(text);
    this.type = type;
    this.bases = List.copyOf(bases);
  }

  public final String type() {
    return type;
  }

  public final List<String> bases() {
    return bases;
  }
}
