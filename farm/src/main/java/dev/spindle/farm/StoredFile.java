// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

/**
 * A file of a job and the content that it stands for.
 *
 * @param name where the file belongs, relative to a job's working directory
 * @param size in bytes
 * @param sha256 identity of the content
 * @param md5 32 hex digits, for wires whose protocol compares MD5; not a proof of anything
 */
public record StoredFile(FileName name, long size, Sha256 sha256, String md5) {
  public StoredFile {
    if (size < 0) {
      throw new IllegalArgumentException("size " + size + " of " + name + " is negative");
    }
  }
}
