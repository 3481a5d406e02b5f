// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.OptionalDouble;

/** Something that happened in the farm, for everyone who watches. */
public sealed interface FarmEvent {

  /** A job is new or changed its state; it is as durable as that state is. */
  record JobChanged(Job job) implements FarmEvent {}

  /** A running job got further. */
  record JobProgressed(AttemptId attempt, OptionalDouble percent, String text)
      implements FarmEvent {}

  /** A job's log grew; the chunk is on disk. */
  record JobLogged(LogChunk chunk) implements FarmEvent {}

  /** A worker came, went, or its queue changed. */
  record WorkerChanged(WorkerView worker) implements FarmEvent {}
}
