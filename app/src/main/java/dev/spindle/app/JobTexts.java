// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.Job;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.ShellWork;
import dev.spindle.farm.WorkerName;
import dev.spindle.forms.JobForm;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What a job looks like to people. */
final class JobTexts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final int MAX_COMMAND = 60;

  private JobTexts() {}

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  static String state(Job job) {
    return JobForm.stateName(job.state());
  }

  static String worker(Job job) {
    return job.worker().map(WorkerName::value).orElse("-");
  }

  static String result(Job job) {
    return job.end()
        .map(end -> end.result().map(r -> "exit " + r.exit()).orElse(firstLine(end)))
        .orElse("-");
  }

  private static String firstLine(JobEnd end) {
    return cut(end.reason().lines().findFirst().orElse("-"));
  }

  static String command(Job job) {
    return cut(wholeCommand(job));
  }

  static String wholeCommand(Job job) {
    return String.join(" ", ((ShellWork) job.spec().work()).command());
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MAX_COMMAND ? line : line.substring(0, MAX_COMMAND - 1) + "…";
  }
}
