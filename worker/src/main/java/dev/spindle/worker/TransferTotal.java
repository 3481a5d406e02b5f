// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.StoredFile;
import java.util.OptionalDouble;

/** Turns the bytes of single files into a percentage of all. For one thread. */
final class TransferTotal {
  private final ProgressLine progress;
  private final String verb;
  private final long total;
  private long done;

  TransferTotal(ProgressLine progress, String verb, long total) {
    this.progress = progress;
    this.verb = verb;
    this.total = total;
  }

  /** So many bytes of the file are over there. */
  void moved(StoredFile file, long bytes) {
    double percent = total == 0 ? 100 : 100.0 * Math.min(total, done + bytes) / total;
    progress.update(OptionalDouble.of(percent), verb + " " + file.name());
  }

  /** The whole file is. */
  void add(StoredFile file) {
    moved(file, file.size());
    done += file.size();
  }
}
