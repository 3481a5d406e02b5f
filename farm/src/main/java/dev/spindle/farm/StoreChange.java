// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.List;

/** One thing to make durable. */
public sealed interface StoreChange {

  /** Writes a job as it now stands, whether it was there or not. */
  record PutJob(Job job) implements StoreChange {}

  /** Adds to a job's log. */
  record AppendLog(List<LogChunk> chunks) implements StoreChange {
    public AppendLog {
      chunks = List.copyOf(chunks);
    }
  }

  /** Lets a worker in, or changes its secret. */
  record PutWorker(RegisteredWorker worker) implements StoreChange {}
}
