// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

/** How deep values may be nested. */
public final class JellyLimits {

  /**
   * Deepest nesting sent. A Twisted peer gives up at about 325 nested lists, where Python's stack
   * ends.
   */
  public static final int MAX_SEND_DEPTH = 300;

  /** Deepest nesting read: a bound on our own stack, beyond what any Python peer can send. */
  public static final int MAX_READ_DEPTH = 512;

  /**
   * Most parts of dictionary keys and set members in one value that are not plain numbers or
   * strings: each is looked at and hashed wherever it is mentioned, and keys whose hashes collide
   * are compared one by one.
   */
  public static final int MAX_KEY_PARTS = 16 * 1024;

  private JellyLimits() {}
}
