// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of {@code docs/pb/types.md} are made of. A note stands with each value that does
 * not arrive, or does not come back, as what it was, and with no other.
 */
final class TypeRows {
  private TypeRows() {}

  /** A value that Python sends: statements, the last of which is an expression. */
  record FromPython(String source, String note) {}

  /** A value that Java sends, for a connection. */
  record FromJava(Function<Meeting, @Nullable Object> value, String note) {}

  /** A value that Java sends by a method of {@link Declared}. */
  record DeclaredFromJava(String method, @Nullable Object value, String note) {}

  /** A value that Python sends to a method of {@link Declared}. */
  record DeclaredFromPython(String method, String source, String note) {}

  static FromPython python(String source) {
    return new FromPython(source, "");
  }

  static FromPython python(String source, String note) {
    return new FromPython(source, note);
  }

  static FromJava java(@Nullable Object value) {
    return new FromJava(meeting -> value, "");
  }

  static FromJava java(@Nullable Object value, String note) {
    return new FromJava(meeting -> value, note);
  }

  static DeclaredFromJava sent(String method, @Nullable Object value) {
    return new DeclaredFromJava(method, value, "");
  }

  static DeclaredFromJava sent(String method, @Nullable Object value, String note) {
    return new DeclaredFromJava(method, value, note);
  }

  static DeclaredFromPython got(String method, String source) {
    return new DeclaredFromPython(method, source, "");
  }

  static DeclaredFromPython got(String method, String source, String note) {
    return new DeclaredFromPython(method, source, note);
  }
}
