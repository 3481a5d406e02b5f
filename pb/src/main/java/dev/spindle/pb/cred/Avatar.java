// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

/**
 * What somebody gets who logged in.
 *
 * @param perspective the object whose {@link dev.spindle.pb.broker.Exposed} methods they may call
 * @param logout called once: when the other side lets go of the perspective, or when the connection
 *     ends, whichever is first. On the connection's thread; must not block
 */
public record Avatar(Object perspective, Runnable logout) {
  public static Avatar of(Object perspective) {
    return new Avatar(perspective, () -> {});
  }
}
