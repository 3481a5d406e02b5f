// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.PythonName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as one perspective sees it. Views of the same object for the same perspective are
 * equal, and are the same reference to the other side.
 *
 * <p>This is what arrives when the other side sends a view home. Thread: any.
 */
@PythonName("a view")
public final class View implements Referenceable {
  private final Viewable viewable;
  private final @Nullable Object perspective;

  View(Viewable viewable, @Nullable Object perspective) {
    this.viewable = viewable;
    this.perspective = perspective;
  }

  /** The view that a perspective has of an object, whoever it is sent to. */
  public static View of(Viewable viewable, Object perspective) {
    return new View(viewable, perspective);
  }

  public Viewable viewable() {
    return viewable;
  }

  /** Who sees it; empty when it was sent on behalf of nobody. */
  public Optional<Object> perspective() {
    return Optional.ofNullable(perspective);
  }

  @Nullable Object perspectiveOrNull() {
    return perspective;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof View view
        && view.viewable == viewable
        && view.perspective == perspective;
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(viewable) + System.identityHashCode(perspective);
  }

  @Override
  public String toString() {
    return "View[" + viewable + " for " + perspective + "]";
  }
}
