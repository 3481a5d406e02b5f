// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every job that has not ended, by id and by state. On the loop only. */
final class JobTable {
  private static final Logger log = LoggerFactory.getLogger(JobTable.class);

  private final NavigableMap<JobId, LiveJob> jobs = new TreeMap<>();
  private final Map<JobState, NavigableMap<JobId, LiveJob>> byState = new EnumMap<>(JobState.class);
  private final Backlog backlog = new Backlog();
  private final Events events;
  private final Runnable onChange;

  /**
   * @param onChange told when a job may be placed, or a place for one may be free
   */
  JobTable(Events events, Runnable onChange) {
    this.events = events;
    this.onChange = onChange;
    for (JobState state : JobState.values()) {
      byState.put(state, new TreeMap<>());
    }
  }

  LiveJob add(Job record, long lastLogSequence) {
    var job = new LiveJob(record, lastLogSequence, this::refresh);
    jobs.put(job.id(), job);
    of(record.state()).put(job.id(), job);
    refresh(job);
    return job;
  }

  /** Lets a job be what it has become, and tells of it. Without a worker it has no attempt. */
  void become(LiveJob job, Job next) {
    Optional<LiveAttempt> over = next.worker().isPresent() ? Optional.empty() : job.part();
    of(job.state()).remove(job.id());
    job.record(next);
    if (next.state().isFinal()) {
      jobs.remove(job.id());
    } else {
      of(next.state()).put(job.id(), job);
    }
    refresh(job);
    tell(next);
    over.ifPresent(LiveAttempt::end);
  }

  /** Lets a job's record say more of the state that it is in, which is nobody's news. */
  void amend(LiveJob job, Job next) {
    job.record(next);
  }

  private NavigableMap<JobId, LiveJob> of(JobState state) {
    return Objects.requireNonNull(byState.get(state));
  }

  /** Tells everyone of a job's state. */
  void tell(Job job) {
    switch (job.state()) {
      case QUEUED, ASSIGNED -> log.debug("job {} {} {}", job.id(), job.state(), worker(job));
      case RUNNING ->
          log.info("job {} runs on {}, attempt {}", job.id(), worker(job), job.attempt());
      case SUCCEEDED -> log.info("job {} SUCCEEDED", job.id());
      default -> log.info("job {} {}: {}", job.id(), job.state(), job.end().orElseThrow().reason());
    }
    events.emit(new FarmEvent.JobChanged(job));
  }

  private static String worker(Job job) {
    return job.worker().map(WorkerName::value).orElse("nobody");
  }

  /** Brings the backlog up to date with one job. */
  void refresh(LiveJob job) {
    if (job.movable()) {
      Job record = job.record();
      var at = job.attempt().map(a -> a.worker().name());
      backlog.put(WaitingJob.of(job.id(), record.spec(), job.refusedBy(), at));
    } else {
      backlog.remove(job.id());
    }
    onChange.run();
  }

  Optional<LiveJob> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  int size() {
    return jobs.size();
  }

  Backlog backlog() {
    return backlog;
  }

  int count(JobState state) {
    return of(state).size();
  }

  /** A page of jobs in an unfinished state, newest first. */
  List<Job> newest(JobState state, Optional<JobId> before, int limit) {
    NavigableMap<JobId, LiveJob> all = of(state);
    return before.map(id -> all.headMap(id, false)).orElse(all).descendingMap().values().stream()
        .limit(limit)
        .map(LiveJob::record)
        .toList();
  }

  /** A record from the store as it stands now: the store knows no assignments. */
  Job current(Job stored) {
    LiveJob live = jobs.get(stored.id());
    return live == null ? stored : live.record();
  }
}
