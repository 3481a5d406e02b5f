// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/**
 * On whose behalf grants are given. When the holder ends, all its grants end with it, transfers
 * under way included.
 *
 * @param key distinguishes holders; shown in logs
 */
public record GrantHolder(String key) {
  public static GrantHolder of(AttemptId attempt) {
    return new GrantHolder("attempt " + attempt);
  }
}
