// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.regex.Pattern;

/**
 * A SHA-256 hash as 64 lower-case hex digits: the identity of a file's content.
 *
 * @param hex the digits
 */
public record Sha256(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public Sha256 {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "'" + Texts.shown(hex) + "' is not a SHA-256 hash: expected 64 lower-case hex digits");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
