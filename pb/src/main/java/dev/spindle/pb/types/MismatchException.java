// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

/**
 * A value is not of the type that is wanted. The message is the end of a sentence that begins with
 * what the value is: "must be int, not str", or with a path to the part at fault before it,
 * "[2].width must be int, not str".
 */
public final class MismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String path;
  private final String fault;

  MismatchException(String fault) {
    this("", fault);
  }

  private MismatchException(String path, String fault) {
    super(path.isEmpty() ? fault : path + " " + fault);
    this.path = path;
    this.fault = fault;
  }

  /** The same mismatch, seen from what holds the value. */
  MismatchException in(String step) {
    return new MismatchException(step + path, fault);
  }

  /** Where in the value, such as {@code [2].width}; empty for the value itself. */
  public String path() {
    return path;
  }

  /** The whole sentence: "the answer[2].width must be int, not str". */
  public String about(String value) {
    return value + path + " " + fault;
  }
}
