// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.reach;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Member;

/** Reaches members of the user's classes that are not public. */
public final class Opening {
  private Opening() {}

  /**
   * The member itself, which can be used from here on.
   *
   * @throws IllegalArgumentException when its module does not open its package to us, with the mend
   */
  public static <T extends AccessibleObject & Member> T opened(T member) {
    try {
      member.setAccessible(true);
      return member;
    } catch (InaccessibleObjectException e) {
      throw closed(member.getDeclaringClass(), e);
    }
  }

  /**
   * A lookup as if from within a class.
   *
   * @throws IllegalArgumentException when its module does not open its package to us, with the mend
   */
  public static MethodHandles.Lookup within(Class<?> type) {
    // Reflection reads every module by itself; method handles do not.
    Opening.class.getModule().addReads(type.getModule());
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw closed(type, e);
    }
  }

  private static IllegalArgumentException closed(Class<?> type, Exception cause) {
    return new IllegalArgumentException(
        type.getName()
            + " cannot be reached: add 'opens "
            + type.getPackageName()
            + " to dev.spindle.pb;' to the declaration of "
            + type.getModule(),
        cause);
  }
}
