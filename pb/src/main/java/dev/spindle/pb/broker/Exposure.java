// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * An object exposed as a reference of its own, apart from any other exposure of the same object.
 * The layer above uses it for avatars: two logins of one user are two references.
 *
 * <p>When the other side sends it home, it arrives as the object itself.
 */
public final class Exposure implements Referenceable {

  /** How the other side is told of a method that does not exist. */
  public enum Kind {
    REFERENCEABLE,
    PERSPECTIVE
  }

  private final Object object;
  private final Kind kind;
  private final Runnable released;
  private boolean isReleased;

  /**
   * @param released called once on the connection's thread, when the other side let go of the
   *     reference or the connection ended; also when this is a method's result and never reached
   *     the other side
   */
  public Exposure(Object object, Kind kind, Runnable released) {
    this.object = object;
    this.kind = kind;
    this.released = released;
  }

  Object object() {
    return object;
  }

  Kind kind() {
    return kind;
  }

  void released() {
    if (!isReleased) {
      isReleased = true;
      UserCode.run(released);
    }
  }
}
