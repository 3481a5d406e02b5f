// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/** Makes a text from outside fit for an error message: short, and without control characters. */
final class Texts {
  private static final int MAX_SHOWN = 80;

  private Texts() {}

  static String shown(String text) {
    String cut = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
