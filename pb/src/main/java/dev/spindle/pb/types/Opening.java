// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Member;

/** Reaches members that are not public. */
final class Opening {
  private Opening() {}

  /**
   * @throws IllegalArgumentException when the member's module does not open its package to us
   */
  static <T extends AccessibleObject & Member> T opened(T member) {
    try {
      member.setAccessible(true);
      return member;
    } catch (InaccessibleObjectException e) {
      Class<?> type = member.getDeclaringClass();
      throw new IllegalArgumentException(
          type.getName()
              + " cannot be reached: its module must say 'opens "
              + type.getPackageName()
              + " to dev.spindle.pb;'",
          e);
    }
  }
}
