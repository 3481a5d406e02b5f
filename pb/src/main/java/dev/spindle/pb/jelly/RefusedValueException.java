// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

/**
 * A value that arrived is malformed or of a kind that may not arrive here. Costs the call that it
 * belongs to; the connection lives.
 */
public final class RefusedValueException extends Exception {
  private static final long serialVersionUID = 1;

  /** Which rule was broken, under the name of the exception that Python programs expect for it. */
  public enum Fault {
    /** The kind of value is not allowed here. */
    INSECURE("twisted.spread.jelly.InsecureJelly"),
    /** Something is missing. */
    INDEX("builtins.IndexError"),
    /** Something is of the wrong kind. */
    TYPE("builtins.TypeError"),
    /** Something is out of range. */
    VALUE("builtins.ValueError"),
    /** Text is not UTF-8. */
    UNICODE("builtins.UnicodeDecodeError"),
    /** A number names nothing. */
    KEY("builtins.KeyError"),
    /** A reference number is given twice. */
    ASSERTION("builtins.AssertionError"),
    /** The value is nested too deep. */
    RECURSION("builtins.RecursionError");

    private final String pythonName;

    Fault(String pythonName) {
      this.pythonName = pythonName;
    }

    public String pythonName() {
      return pythonName;
    }
  }

  private final Fault fault;

  public RefusedValueException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
