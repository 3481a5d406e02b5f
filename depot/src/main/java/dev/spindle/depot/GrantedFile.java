// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.GrantHolder;
import java.nio.file.Path;

/** The one file that a grant is good for, and the direction. */
sealed interface GrantedFile {
  GrantHolder holder();

  /** As the client names it: an absolute path of one part. */
  String path();

  /** Bytes of the whole file. */
  long size();

  /** A file to be fetched. */
  record Reading(GrantHolder holder, String path, long size, Path object) implements GrantedFile {}

  /** A file to be delivered. */
  record Writing(String path, Partial partial) implements GrantedFile {
    @Override
    public GrantHolder holder() {
      return partial.key().holder();
    }

    @Override
    public long size() {
      return partial.size();
    }
  }
}
