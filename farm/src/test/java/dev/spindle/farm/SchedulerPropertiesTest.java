// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class SchedulerPropertiesTest {
  private static final List<String> TAGS = List.of("gpu", "arm", "big");

  /** Workers, and jobs of which some wait in the queue of a worker that may not be there. */
  record Scene(List<Seat> seats, List<WaitingJob> jobs) {
    Backlog backlog() {
      var backlog = new Backlog();
      jobs.forEach(backlog::put);
      return backlog;
    }

    Map<JobId, WorkerName> places() {
      var places = new HashMap<JobId, WorkerName>();
      jobs.forEach(job -> job.at().ifPresent(at -> places.put(job.id(), at)));
      return places;
    }

    Scene after(List<Placement> plan) {
      Map<JobId, WorkerName> places = places();
      plan.forEach(step -> places.remove(step.job()));
      plan.forEach(step -> step.to().ifPresent(to -> places.put(step.job(), to)));
      return new Scene(seats, jobs.stream().map(job -> at(job, places.get(job.id()))).toList());
    }

    private static WaitingJob at(WaitingJob job, @Nullable WorkerName place) {
      return new WaitingJob(
          job.id(), job.priority(), job.need(), job.inputs(), Optional.ofNullable(place));
    }
  }

  @Provide
  Arbitrary<Scene> scenes() {
    return Combinators.combine(seat().list().ofMaxSize(6), job().list().ofMaxSize(40))
        .as(SchedulerPropertiesTest::scene);
  }

  private static Scene scene(List<Seat> seats, List<WaitingJob> jobs) {
    var numberedSeats = new ArrayList<Seat>();
    for (Seat s : seats) {
      var name = new WorkerName("w" + numberedSeats.size());
      numberedSeats.add(
          new Seat(
              name, s.tags(), s.kinds(), s.holds(), s.slots(), s.busy(), s.queues(), s.strikes()));
    }
    var numberedJobs = new ArrayList<WaitingJob>();
    for (WaitingJob j : jobs) {
      var id = new JobId(numberedJobs.size() + 1);
      numberedJobs.add(new WaitingJob(id, j.priority(), j.need(), j.inputs(), j.at()));
    }
    return new Scene(numberedSeats, numberedJobs);
  }

  private static Arbitrary<Seat> seat() {
    return Combinators.combine(
            Arbitraries.of(TAGS).set().ofMaxSize(3),
            Arbitraries.of("shell", "burn").set().ofMinSize(1).ofMaxSize(2),
            Arbitraries.integers().between(1, 4).map(FakeDepot::sha).set().ofMaxSize(3),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(0, 4),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 2))
        .as(
            (tags, kinds, holds, slots, busy, queues, strikes) ->
                new Seat(new WorkerName("w"), tags, kinds, holds, slots, busy, queues, strikes));
  }

  private static Arbitrary<WaitingJob> job() {
    Arbitrary<Need> need =
        Combinators.combine(
                Arbitraries.of("shell", "burn"),
                Arbitraries.of(TAGS).set().ofMaxSize(2),
                worker().set().ofMaxSize(1))
            .as(Need::new);
    return Combinators.combine(
            Arbitraries.integers().between(-2, 2),
            need,
            Arbitraries.integers()
                .between(1, 4)
                .map(i -> FakeDepot.file("f" + i, i))
                .list()
                .uniqueElements()
                .ofMaxSize(3),
            worker().optional(0.5))
        .as((priority, n, inputs, at) -> new WaitingJob(new JobId(1), priority, n, inputs, at));
  }

  private static Arbitrary<WorkerName> worker() {
    return Arbitraries.integers().between(0, 7).map(i -> new WorkerName("w" + i));
  }

  @Property(tries = 2000, seed = "20261120", edgeCases = EdgeCasesMode.NONE)
  void planningOnTheResultOfAPlanYieldsNothing(@ForAll("scenes") Scene scene) {
    Scene after = scene.after(Scheduler.plan(scene.seats(), scene.backlog()));
    assertThat(Scheduler.plan(after.seats(), after.backlog())).isEmpty();
  }

  @Property(tries = 2000, seed = "20261121", edgeCases = EdgeCasesMode.NONE)
  void noJobIsPlacedTwiceAndEachStepBeginsWhereTheJobIs(@ForAll("scenes") Scene scene) {
    var seen = new HashSet<JobId>();
    Map<JobId, WorkerName> places = scene.places();
    for (Placement step : Scheduler.plan(scene.seats(), scene.backlog())) {
      assertThat(seen.add(step.job())).isTrue();
      assertThat(step.from()).isEqualTo(Optional.ofNullable(places.get(step.job())));
      assertThat(step.from().isPresent() || step.to().isPresent()).isTrue();
    }
  }

  @Property(tries = 2000, seed = "20261122", edgeCases = EdgeCasesMode.NONE)
  void noWorkerGetsMoreThanItsCapacityOrWhatItCannotDo(@ForAll("scenes") Scene scene) {
    Scene after = scene.after(Scheduler.plan(scene.seats(), scene.backlog()));
    Map<WorkerName, Seat> seats =
        after.seats().stream().collect(Collectors.toMap(Seat::name, s -> s));
    var counts = new HashMap<WorkerName, Integer>();
    for (WaitingJob job : after.jobs()) {
      job.at()
          .ifPresent(
              at -> {
                Seat seat = seats.get(at);
                assertThat(seat).as("worker %s is there", at).isNotNull();
                assertThat(seat.tags()).containsAll(job.need().tags());
                assertThat(seat.kinds()).contains(job.need().kind());
                assertThat(job.need().avoid()).doesNotContain(at);
                counts.merge(at, 1, Integer::sum);
              });
    }
    counts.forEach((at, count) -> assertThat(count).isLessThanOrEqualTo(seats.get(at).capacity()));
  }

  @Property(tries = 2000, seed = "20261123", edgeCases = EdgeCasesMode.NONE)
  void noJobWaitsWhileAPlaceForItIsFreeOrHeldByALessUrgentOne(@ForAll("scenes") Scene scene) {
    Scene after = scene.after(Scheduler.plan(scene.seats(), scene.backlog()));
    for (WaitingJob job : after.jobs()) {
      if (job.at().isEmpty()) {
        for (Seat seat : after.seats()) {
          if (able(seat, job)) {
            Set<WaitingJob> there =
                after.jobs().stream()
                    .filter(j -> j.at().equals(Optional.of(seat.name())))
                    .collect(Collectors.toSet());
            assertThat(there).hasSize(seat.capacity());
            assertThat(there).allMatch(other -> other.compareTo(job) < 0);
          }
        }
      }
    }
  }

  private static boolean able(Seat seat, WaitingJob job) {
    return seat.tags().containsAll(job.need().tags())
        && seat.kinds().contains(job.need().kind())
        && !job.need().avoid().contains(seat.name());
  }
}
