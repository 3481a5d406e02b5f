// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Types;

/** The errors that both sides of a lab know; {@code lab.py} has the same. */
final class Teas {
  static final Types TYPES =
      Types.builder()
          .error(OutOfTea.class, "lab.OutOfTea", "twisted.spread.pb.Error")
          .copies(Refused.class)
          .build();

  private Teas() {}

  static class OutOfTea extends Exception {
    private static final long serialVersionUID = 1;

    OutOfTea(String text) {
      super(text);
    }
  }

  /** Not registered: it is one of those that it extends. */
  static final class OutOfGreenTea extends OutOfTea {
    private static final long serialVersionUID = 1;

    OutOfGreenTea(String text) {
      super(text);
    }
  }

  /** Travels as itself, with its attributes. */
  @Copyable("lab.Refused")
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    int code;

    Refused() {}

    Refused(int code) {
      super("code " + code);
      this.code = code;
    }
  }
}
