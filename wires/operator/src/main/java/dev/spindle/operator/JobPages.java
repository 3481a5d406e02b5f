// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.Attempt;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.StoredFile;
import java.util.List;

/** Cuts a page of jobs to what one answer can carry. */
final class JobPages {
  /** Most characters of one answer; as UTF-8 at most three times as many bytes, of 16 MiB. */
  static final long MAX_CHARS = 4 * 1024 * 1024;

  /** What a job, a file or an attempt takes beside its texts: keys, hashes, times. */
  private static final int FRAME_CHARS = 400;

  private JobPages() {}

  /** The first jobs, at least one, that fit an answer together. */
  static List<Job> withinAnswer(List<Job> jobs) {
    long chars = 0;
    for (int i = 0; i < jobs.size(); i++) {
      chars += chars(jobs.get(i));
      if (chars > MAX_CHARS && i > 0) {
        return jobs.subList(0, i);
      }
    }
    return jobs;
  }

  private static long chars(Job job) {
    long end = job.end().map(e -> e.reason().length() + files(e.outputs())).orElse(0L);
    long attempts = job.attempts().stream().mapToLong(JobPages::chars).sum();
    return FRAME_CHARS + chars(job.spec()) + attempts + end;
  }

  private static long chars(Attempt attempt) {
    return FRAME_CHARS + attempt.outcome().map(String::length).orElse(0) + files(attempt.outputs());
  }

  private static long chars(JobSpec spec) {
    ShellWork work = (ShellWork) spec.work();
    return texts(work.command())
        + texts(work.environment().keySet())
        + texts(work.environment().values())
        + texts(spec.outputs())
        + texts(spec.tags())
        + files(spec.inputs());
  }

  private static long texts(Iterable<String> texts) {
    long chars = 0;
    for (String text : texts) {
      chars += text.length();
    }
    return chars;
  }

  private static long files(List<StoredFile> files) {
    return files.stream().mapToLong(f -> f.name().value().length() + FRAME_CHARS).sum();
  }
}
