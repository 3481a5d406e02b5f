// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.operator.JobNews;
import dev.spindle.operator.OperatorClient;
import java.util.concurrent.Semaphore;

/**
 * Prints a job's log as it comes, and waits for the job's end.
 *
 * <p>News only wakes the follower; what it prints it reads page by page, so that nothing is printed
 * twice and nothing is missed.
 */
final class JobFollower {
  private final OperatorClient operator;
  private final LogPrinter printer;
  private final StatusLine status;
  private final Semaphore news = new Semaphore(0);
  private volatile boolean disconnected;

  JobFollower(OperatorClient operator, LogPrinter printer, StatusLine status) {
    this.operator = operator;
    this.printer = printer;
    this.status = status;
  }

  /**
   * Follows a job.
   *
   * @return the job in its final state, after its whole log was printed
   */
  Job follow(JobId id) throws InterruptedException {
    operator.onDisconnect(
        why -> {
          disconnected = true;
          news.release();
        });
    Job job = operator.job(id);
    operator.watch(id, this::heard);
    long printed = 0;
    while (true) {
      try {
        job = operator.job(id);
        printed = printer.printFrom(operator, id, printed, status::clear);
      } catch (FarmException e) {
        throw e.code() == FarmException.Code.UNAVAILABLE ? lost(job) : e;
      }
      if (job.state().isFinal()) {
        status.clear();
        return job;
      }
      news.acquire();
      news.drainPermits();
      if (disconnected) {
        throw lost(job);
      }
    }
  }

  private static FarmException lost(Job job) {
    String when =
        job.state().isFinal()
            ? "in the middle of the log of job %s: 'spindle logs -f %s' prints it again"
            : "while job %s was "
                + JobTexts.state(job)
                + "; it goes on without us: 'spindle logs -f %s' follows it again";
    return new FarmException(
        FarmException.Code.UNAVAILABLE,
        "lost the controller " + when.formatted(job.id(), job.id()));
  }

  private void heard(JobNews news) {
    news.text()
        .filter(text -> !text.isEmpty())
        .ifPresent(
            text ->
                status.show(
                    text
                        + (news.percent().isPresent()
                            ? " " + Math.round(news.percent().getAsDouble()) + " %"
                            : "")));
    this.news.release();
  }
}
