// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.ArrayList;
import java.util.List;

/** Has a plan made when something changed, and carries it out. On the loop only. */
final class Dispatcher {
  private final JobTable jobs;
  private final Workers workers;
  private final Assignments assignments;

  Dispatcher(JobTable jobs, Workers workers, Assignments assignments) {
    this.jobs = jobs;
    this.workers = workers;
    this.assignments = assignments;
  }

  void dispatch() {
    var seats = new ArrayList<Seat>();
    workers.all().forEach(worker -> worker.seat().ifPresent(seats::add));
    List<Placement> plan = Scheduler.plan(seats, jobs.backlog());
    for (Placement step : plan) {
      if (step.from().isPresent()) {
        assignments.withdraw(jobs.find(step.job()).orElseThrow());
      }
    }
    for (Placement step : plan) {
      step.to()
          .ifPresent(
              name -> assignments.assign(jobs.find(step.job()).orElseThrow(), workers.named(name)));
    }
  }
}
