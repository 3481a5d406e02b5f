// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;

/**
 * What a file's content comes to.
 *
 * @param size in bytes
 * @param sha256 identity
 * @param md5 32 hex digits
 */
public record FileHashes(long size, Sha256 sha256, String md5) {
  public StoredFile named(FileName name) {
    return new StoredFile(name, size, sha256, md5);
  }
}
