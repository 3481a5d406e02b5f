// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The record of an attempt that a worker started.
 *
 * @param number the attempt's number; numbers may skip, since an assignment can be withdrawn
 * @param worker who ran it
 * @param startedAt when the controller recorded the start
 * @param endedAt when it ended or was given up
 * @param outcome how it ended, in words, once it has
 * @param outputs what it has delivered so far, whole and verified, in the order of delivery; none
 *     once it has ended, since then they are the job's ({@link JobEnd#outputs}) or nobody's
 */
public record Attempt(
    int number,
    WorkerName worker,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<String> outcome,
    List<StoredFile> outputs) {
  public Attempt {
    outputs = List.copyOf(outputs);
  }

  public static Attempt started(int number, WorkerName worker, Instant at) {
    return new Attempt(number, worker, at, Optional.empty(), Optional.empty(), List.of());
  }

  /** With more outputs; one whose name it has already takes the place of the older. */
  public Attempt delivered(List<StoredFile> files) {
    Set<FileName> replaced = files.stream().map(StoredFile::name).collect(Collectors.toSet());
    List<StoredFile> all = new ArrayList<>(outputs);
    all.removeIf(file -> replaced.contains(file.name()));
    all.addAll(files);
    return new Attempt(number, worker, startedAt, endedAt, outcome, all);
  }

  public Attempt ended(Instant at, String how) {
    return new Attempt(number, worker, startedAt, Optional.of(at), Optional.of(how), List.of());
  }
}
