// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.Failure;
import java.util.List;

/**
 * The other side answered with an error. What it says is data: no class is loaded because a peer
 * named it.
 *
 * <p>When the other side sends its traceback, it is shown as the cause.
 */
public final class RemoteException extends PbException {
  private static final long serialVersionUID = 1;

  private final Failure failure;

  public RemoteException(String type, String text, List<String> parents, String traceback) {
    this(new Failure(type, text, parents, traceback));
  }

  public RemoteException(Failure failure) {
    super(
        failure.text().isEmpty() ? failure.type() : failure.type() + ": " + failure.text(),
        RemoteTraceback.of(failure.traceback()));
    this.failure = failure;
  }

  /** What the other side said, as it is given to those who make exceptions of their own of it. */
  public Failure failure() {
    return failure;
  }

  /** The error's class, such as {@code builtins.ValueError}. */
  public String type() {
    return failure.type();
  }

  /** The error's own words; may be empty. */
  public String text() {
    return failure.text();
  }

  /** The class and its bases, nearest first. */
  public List<String> parents() {
    return failure.parents();
  }

  /** The remote traceback when the other side sends it, else a remark that it does not. */
  public String traceback() {
    return failure.traceback();
  }

  /** Whether the error's class is of this name or derives from it, as Twisted's {@code trap}. */
  public boolean isA(String name) {
    return failure.isA(name);
  }
}
