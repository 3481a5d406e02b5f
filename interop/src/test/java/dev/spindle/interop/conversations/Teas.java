// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Types;

/** The errors that both sides know; {@code failures.py} has the same. */
final class Teas {
  static final String OUT_OF_TEA = "conversations.failures.OutOfTea";
  static final String ODD = "conversations.failures.Odd";

  private static final String PB_ERROR = "twisted.spread.pb.Error";

  static final Types TYPES =
      Types.builder()
          .error(OutOfTea.class, OUT_OF_TEA, PB_ERROR)
          .error(OutOfGreenTea.class, "conversations.failures.OutOfGreenTea", OUT_OF_TEA, PB_ERROR)
          .copies(Refused.class)
          .build();

  private Teas() {}

  static class OutOfTea extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfTea(String text) {
      super(text);
    }
  }

  static final class OutOfGreenTea extends OutOfTea {
    private static final long serialVersionUID = 1;

    OutOfGreenTea(String text) {
      super(text);
    }
  }

  /** Travels as itself, with its attributes. */
  @Copyable("conversations.failures.Refused")
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    int code;

    Refused() {}

    Refused(int code) {
      this.code = code;
    }
  }
}
