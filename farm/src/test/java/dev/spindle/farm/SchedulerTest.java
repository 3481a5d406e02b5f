// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static dev.spindle.farm.TestFarm.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private final Backlog backlog = new Backlog();

  private static Seat seat(String name, int slots, int busy) {
    return new Seat(name(name), Set.of(), Set.of("shell"), Set.of(), slots, busy, true, 0);
  }

  private static Seat tagged(String name, String... tags) {
    return new Seat(name(name), Set.of(tags), Set.of("shell"), Set.of(), 1, 0, true, 0);
  }

  private static Seat struck(Seat seat, int strikes) {
    return new Seat(
        seat.name(),
        seat.tags(),
        seat.kinds(),
        seat.holds(),
        seat.slots(),
        seat.busy(),
        seat.queues(),
        strikes);
  }

  private static Seat holding(Seat seat, Sha256... holds) {
    return new Seat(
        seat.name(),
        seat.tags(),
        seat.kinds(),
        Set.of(holds),
        seat.slots(),
        seat.busy(),
        seat.queues(),
        seat.strikes());
  }

  private static Seat unqueued(Seat seat) {
    return new Seat(
        seat.name(),
        seat.tags(),
        seat.kinds(),
        seat.holds(),
        seat.slots(),
        seat.busy(),
        false,
        seat.strikes());
  }

  private void waiting(long id, JobSpec spec, String... at) {
    backlog.put(
        WaitingJob.of(
            new JobId(id), spec, Set.of(), List.of(at).stream().findFirst().map(TestFarm::name)));
  }

  private void waiting(long id, int priority, String... at) {
    waiting(id, TestFarm.spec().priority(priority).build(), at);
  }

  private List<String> plan(Seat... seats) {
    return Scheduler.plan(List.of(seats), backlog).stream()
        .map(p -> p.job() + ":" + shown(p.from()) + ">" + shown(p.to()))
        .toList();
  }

  private static String shown(Optional<WorkerName> worker) {
    return worker.map(WorkerName::value).orElse("");
  }

  @Test
  void higherPriorityFirstThenSmallerId() {
    waiting(1, 0);
    waiting(2, 5);
    waiting(3, 5);
    assertThat(plan(seat("a", 5, 0))).containsExactly("2:>a", "3:>a", "1:>a");
  }

  @Test
  void aWorkerNeedsAllTagsOfAJob() {
    waiting(1, TestFarm.spec().tags(Set.of("gpu", "big")).build());
    assertThat(plan(tagged("a", "gpu"), tagged("b", "big"), tagged("c"))).isEmpty();
    assertThat(plan(tagged("a", "gpu"), tagged("d", "gpu", "big", "more"))).containsExactly("1:>d");
  }

  @Test
  void aWorkerNeedsTheKindOfAJob() {
    waiting(1, 0);
    var burner = new Seat(name("a"), Set.of(), Set.of("burn"), Set.of(), 1, 0, true, 0);
    assertThat(plan(burner)).isEmpty();
  }

  @Test
  void aQueueHoldsAtMostTwoWaitingJobsForEachSlot() {
    IntStream.rangeClosed(1, 20).forEach(i -> waiting(i, 0));
    assertThat(plan(seat("a", 2, 0))).hasSize(4);
    assertThat(plan(seat("a", 2, 2))).hasSize(4);
  }

  @Test
  void aWorkerThatDoesNotQueueGetsOnlyWhatItCanStart() {
    IntStream.rangeClosed(1, 20).forEach(i -> waiting(i, 0));
    assertThat(plan(unqueued(seat("a", 3, 1)))).hasSize(2);
    assertThat(plan(unqueued(seat("a", 3, 3)))).isEmpty();
  }

  @Test
  void whereItStartsNowComesBeforeWhatTheWorkerHolds() {
    waiting(1, TestFarm.spec().inputs(List.of(FakeDepot.file("in", 7))).build());
    Seat full = holding(seat("a", 1, 1), FakeDepot.sha(7));
    assertThat(plan(full, seat("b", 1, 0))).containsExactly("1:>b");
  }

  @Test
  void theWorkerThatHoldsMostBytesOfTheInputsIsBest() {
    waiting(
        1, TestFarm.spec().inputs(List.of(FakeDepot.file("x", 7), FakeDepot.file("y", 9))).build());
    assertThat(
            plan(
                seat("a", 4, 0),
                holding(seat("b", 1, 0), FakeDepot.sha(7)),
                holding(seat("c", 1, 0), FakeDepot.sha(9))))
        .containsExactly("1:>c");
  }

  @Test
  void onlyTheLargestInputsAreWeighed() {
    List<StoredFile> inputs =
        IntStream.rangeClosed(1, 100).mapToObj(i -> FakeDepot.file("f" + i, i)).toList();
    var job = WaitingJob.of(new JobId(1), TestFarm.spec().inputs(inputs).build(), Set.of(), none());
    assertThat(job.inputs()).hasSize(WaitingJob.MAX_WEIGHED_INPUTS);
    assertThat(job.inputs().get(0).name().value()).isEqualTo("f100");
  }

  private static Optional<WorkerName> none() {
    return Optional.empty();
  }

  @Test
  void aReliableWorkerComesFirst() {
    waiting(1, 0);
    assertThat(plan(struck(seat("a", 1, 0), 1), seat("b", 1, 0))).containsExactly("1:>b");
  }

  @Test
  void theLeastLoadedWorkerComesFirst() {
    waiting(1, 0);
    assertThat(plan(seat("a", 4, 2), seat("b", 4, 1), seat("c", 1, 0))).containsExactly("1:>c");
  }

  @Test
  void aNewcomerWithFreeSlotsTakesWhatWaitsElsewhere() {
    waiting(1, 0, "a");
    waiting(2, 0, "a");
    assertThat(plan(seat("a", 1, 1), seat("b", 1, 0))).containsExactly("1:a>b");
  }

  @Test
  void aWaitingJobStaysWhereItIsWithoutNeed() {
    waiting(1, 0, "b");
    assertThat(plan(seat("a", 2, 2), seat("b", 2, 3))).isEmpty();
  }

  @Test
  void aWaitingJobLeavesAWorkerThatFailedOfLate() {
    waiting(1, 0, "b");
    assertThat(plan(seat("a", 2, 2), struck(seat("b", 2, 2), 1))).containsExactly("1:b>a");
  }

  @Test
  void aWorkerThatTakesNothingLosesItsQueue() {
    waiting(1, 0, "a");
    waiting(2, 0, "a");
    assertThat(plan(unqueued(seat("b", 1, 0)))).containsExactly("2:a>", "1:a>b");
  }

  @Test
  void anUrgentJobPushesTheLeastUrgentOut() {
    waiting(1, 0, "a");
    waiting(2, 0, "a");
    waiting(3, 9);
    assertThat(plan(seat("a", 1, 1))).containsExactly("2:a>", "3:>a", "1:a>a");
  }

  @Test
  void anUrgentJobIsQueuedBeforeLessUrgentOnes() {
    waiting(1, 0, "a");
    waiting(2, 3, "a");
    waiting(4, 2);
    assertThat(plan(seat("a", 2, 2))).containsExactly("4:>a", "1:a>a");
  }

  @Test
  void aWorkerThatGaveAJobBackDoesNotGetIt() {
    backlog.put(WaitingJob.of(new JobId(1), TestFarm.spec().build(), Set.of(name("a")), none()));
    assertThat(plan(seat("a", 1, 0))).isEmpty();
    assertThat(plan(seat("a", 1, 0), seat("b", 1, 1))).containsExactly("1:>b");
  }

  @Test
  void jobsWithAnUnmetNeedDoNotHoldUpOthers() {
    IntStream.rangeClosed(1, 100)
        .forEach(i -> waiting(i, TestFarm.spec().priority(9).tags(Set.of("no-such-tag")).build()));
    waiting(101, 0);
    assertThat(plan(seat("a", 1, 0))).containsExactly("101:>a");
  }

  @Test
  void tenThousandJobsAndAHundredWorkersTakeMilliseconds() {
    String[] tags = {"gpu", "arm", "big", "iso"};
    for (int i = 1; i <= 10_000; i++) {
      waiting(
          i,
          TestFarm.spec()
              .priority(i % 7)
              .tags(Set.copyOf(List.of(tags[i % 4], tags[i % 3])))
              .inputs(List.of(FakeDepot.file("in", i)))
              .build());
    }
    List<Seat> seats =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new Seat(
                        name("w" + i),
                        Set.of(tags),
                        Set.of("shell"),
                        Set.of(FakeDepot.sha(i + 1)),
                        4,
                        i % 5,
                        true,
                        i % 2))
            .toList();
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 30; round++) {
      long before = System.nanoTime();
      assertThat(Scheduler.plan(seats, backlog)).hasSize(800);
      best = Math.min(best, System.nanoTime() - before);
    }
    assertThat(best).as("nanoseconds of the best of 30 plans").isLessThan(20_000_000);
  }

  @Test
  void aPlanCostsTheSameWhenNobodyCanTakeAnything() {
    for (int i = 1; i <= 10_000; i++) {
      waiting(i, TestFarm.spec().tags(Set.of("own-" + i)).build());
    }
    Seat[] seats =
        IntStream.range(0, 100).mapToObj(i -> tagged("w" + i, "own-x")).toArray(Seat[]::new);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 30; round++) {
      long before = System.nanoTime();
      assertThat(plan(seats)).isEmpty();
      best = Math.min(best, System.nanoTime() - before);
    }
    assertThat(best).as("nanoseconds of the best of 30 plans").isLessThan(50_000_000);
  }
}
