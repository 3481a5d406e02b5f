// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

/**
 * The peer broke the rules of the wire. Costs the connection: where the next expression begins is
 * not known any more.
 */
public final class BananaException extends Exception {
  private static final long serialVersionUID = 1;

  public BananaException(String message) {
    super(message);
  }
}
