// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static dev.spindle.farm.TestFarm.SUCCESS;
import static dev.spindle.farm.TestFarm.info;
import static dev.spindle.farm.TestFarm.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttachingTest {
  private final TestFarm farm = new TestFarm();

  private FarmException refusal(WorkerInfo info) {
    return farm.refusal(farm.controller.offer(new FakeConnection(info)));
  }

  @Test
  void anUnregisteredWorkerIsRefused() {
    FarmException refusal = refusal(info("stranger", 1));
    assertThat(refusal.code()).isEqualTo(FarmException.Code.NO_SUCH_WORKER);
    assertThat(refusal).hasMessageContaining("stranger");
  }

  @Test
  void aWorkerOnAnotherWireIsRefused() {
    farm.register("w1");
    WorkerInfo i = info("w1", 1);
    var other =
        new WorkerInfo(
            i.name(),
            "telegraph",
            i.address(),
            i.version(),
            i.tags(),
            i.slots(),
            i.cpus(),
            i.kinds(),
            i.holds(),
            i.running(),
            i.boot(),
            i.queues());
    assertThat(refusal(other).code()).isEqualTo(FarmException.Code.INVALID);
    assertThat(refusal(other)).hasMessageContaining("telegraph").hasMessageContaining("test");
  }

  @Test
  void aWorkerThatNamesTooMuchIsRefused() {
    farm.register("w1");
    List<AttemptId> running =
        IntStream.rangeClosed(1, Reception.MAX_NAMED_ATTEMPTS + 1)
            .mapToObj(i -> AttemptId.of(i, 1))
            .toList();
    assertThat(refusal(info("w1", 1, running)).code()).isEqualTo(FarmException.Code.INVALID);
    Set<String> tags =
        IntStream.rangeClosed(0, Reception.MAX_TAGS)
            .mapToObj(i -> "t" + i)
            .collect(Collectors.toSet());
    assertThat(refusal(TestFarm.tagged(info("w1", 1), tags, true)))
        .hasMessageContaining("1001 tags");
    var holds = new HashSet<Sha256>();
    IntStream.rangeClosed(0, Reception.MAX_HELD_CONTENTS).forEach(i -> holds.add(FakeDepot.sha(i)));
    assertThat(refusal(with(info("w1", 1), tags(1), holds, tags(1))))
        .hasMessageContaining("100001 contents");
    assertThat(refusal(with(info("w1", 1), tags(1), Set.of(), tags(1001))))
        .hasMessageContaining("1001 kinds");
    farm.join(info("w1", 1));
  }

  private static Set<String> tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "t" + i).collect(Collectors.toSet());
  }

  private static WorkerInfo with(
      WorkerInfo i, Set<String> tags, Set<Sha256> holds, Set<String> kinds) {
    return new WorkerInfo(
        i.name(),
        i.wire(),
        i.address(),
        i.version(),
        tags,
        i.slots(),
        i.cpus(),
        kinds,
        holds,
        i.running(),
        i.boot(),
        i.queues());
  }

  @Test
  void theSameBootReplacesTheOldConnection() {
    FakeConnection old = farm.join("w1", 1);
    farm.join(TestFarm.from(info("w1", 1), "10.9.9.9:7", "boot-w1"));
    assertThat(old.closed).containsExactly("replaced by a new registration from 10.9.9.9:7");
  }

  @Test
  void theSameAddressReplacesTheOldConnection() {
    FakeConnection old = farm.join("w1", 1);
    FakeConnection young = farm.join(TestFarm.from(info("w1", 1), "10.0.0.1:2000", "another"));
    assertThat(old.closed).hasSize(1);
    FakeConnection last = farm.join(TestFarm.from(info("w1", 1), "/10.0.0.1:3000", "third"));
    assertThat(young.closed).hasSize(1);
    assertThat(last.closed).isEmpty();
  }

  @Test
  void anotherMachineWithTheNameIsRefusedAndBothAreNamed() {
    FakeConnection old = farm.join("w1", 1);
    FarmException refusal = refusal(TestFarm.from(info("w1", 1), "[2001:db8::2]:5", "other"));
    assertThat(refusal.code()).isEqualTo(FarmException.Code.NAME_TAKEN);
    assertThat(refusal)
        .hasMessageContaining("10.0.0.1:1000")
        .hasMessageContaining("[2001:db8::2]:5");
    assertThat(old.closed).isEmpty();
  }

  @Test
  void emptyBootIdsAreNotTheSame() {
    farm.register("w1");
    farm.join(TestFarm.from(info("w1", 1), "10.0.0.1:1", ""));
    assertThat(refusal(TestFarm.from(info("w1", 1), "10.0.0.2:1", "")).code())
        .isEqualTo(FarmException.Code.NAME_TAKEN);
  }

  @Test
  void aReplacedConnectionIsNotHeardAnyMore() {
    FakeConnection old = farm.join("w1", 1);
    JobId id = farm.running(old);
    FakeConnection young = farm.join(info("w1", 1, List.of(new AttemptId(id, 1))));
    old.watcher().disconnected(true, "late news");
    farm.loop.run();
    assertThat(farm.worker("w1").state()).isEqualTo(WorkerView.State.CONNECTED);
    assertThat(farm.answer(young.only().finished(SUCCESS))).isTrue();
  }

  @Test
  void aNamedValidAttemptGetsANewHandle() {
    FakeConnection old = farm.join("w1", 1);
    JobId id = farm.running(old);
    var attempt = new AttemptId(id, 1);
    old.watcher().disconnected(false, "cut");
    FakeConnection back = farm.join(info("w1", 1, List.of(attempt)));
    assertThat(back.attempts()).containsExactly(attempt);
    assertThat(back.interrupted).isEmpty();
    assertThat(farm.job(id).attempt()).isEqualTo(1);
    assertThat(farm.answer(back.only().finished(SUCCESS))).isTrue();
  }

  @Test
  void aNewBootThatNamesAnAttemptKeepsIt() {
    FakeConnection old = farm.join("w1", 1);
    JobId id = farm.running(old);
    var attempt = new AttemptId(id, 1);
    old.watcher().disconnected(false, "cut");
    WorkerInfo rebooted =
        TestFarm.from(info("w1", 1, List.of(attempt)), "10.0.0.1:1000", "new boot");
    FakeConnection back = farm.join(rebooted);
    assertThat(farm.answer(back.only().failed("the machine restarted", true))).isTrue();
  }

  @Test
  void anAttemptThatIsNotNamedIsDeadAtOnce() {
    FakeConnection old = farm.join("w1", 1);
    JobId id = farm.running(old);
    old.watcher().disconnected(false, "cut");
    FakeConnection back = farm.join(info("w1", 1));
    assertThat(back.attempts()).containsExactly(new AttemptId(id, 2));
    assertThat(farm.store.onDisk(id).attempts().get(0).outcome())
        .contains("lost: w1 came back without it");
  }

  @Test
  void aNamedAttemptThatIsNotValidIsInterruptedAndTakesASlot() {
    farm.register("w1");
    JobId id = farm.submit();
    var unknown = AttemptId.of(77, 3);
    WorkerInfo info = TestFarm.tagged(info("w1", 1, List.of(unknown)), Set.of(), false);
    FakeConnection worker = farm.join(info);
    assertThat(worker.interrupted).containsOnlyKeys(unknown);
    assertThat(worker.attempts()).isEmpty();
    assertThat(farm.worker("w1").running()).containsExactly(unknown);
    farm.loop.advance(TestFarm.LEASE.minusSeconds(1));
    worker.watcher().alive();
    farm.loop.advance(Duration.ofSeconds(1));
    assertThat(farm.job(id).state()).isEqualTo(JobState.ASSIGNED);
  }

  @Test
  void anAttemptLostToAnotherWorkerIsInterruptedOnReturn() {
    FakeConnection old = farm.join("w1", 1);
    JobId id = farm.running(old);
    old.watcher().disconnected(false, "cut");
    farm.loop.advance(TestFarm.LEASE);
    FakeConnection other = farm.join("w2", 1);
    farm.answer(other.only().started());
    FakeConnection back = farm.join(info("w1", 1, List.of(new AttemptId(id, 1))));
    assertThat(back.interrupted).containsOnlyKeys(new AttemptId(id, 1));
    assertThat(farm.answer(other.only().finished(SUCCESS))).isTrue();
  }

  @Test
  void theAnswerComesBeforeTheFirstAssignment() {
    farm.register("w1");
    farm.submit();
    var connection = new FakeConnection(info("w1", 1));
    var seen =
        farm.controller
            .offer(connection)
            .thenApply(accepted -> List.copyOf(connection.assignments));
    assertThat(farm.answer(seen)).isEmpty();
    assertThat(connection.assignments).hasSize(1);
    assertThat(connection.assignments.get(0).lease()).isEqualTo(TestFarm.LEASE);
  }

  /** A worker takes what is not in its queue for what it must stop. */
  @Test
  void whatStillRunsIsInTheQueueWhenTheAnswerComes() {
    FakeConnection old = farm.join("w1", 1);
    var attempt = new AttemptId(farm.running(old), 1);
    farm.restart(0);
    farm.register("w1");
    var back = new FakeConnection(info("w1", 1, List.of(attempt)));
    var seen = farm.controller.offer(back).thenApply(accepted -> back.attempts());
    assertThat(farm.answer(seen)).containsExactly(attempt);
  }

  /** While its attempt's change waits for the disk, nobody knows yet whether it is to go on. */
  @Test
  void theAnswerWaitsForAChangeUnderWay() {
    FakeConnection old = farm.join("w1", 1);
    var attempt = new AttemptId(farm.running(old), 1);
    farm.store.hold();
    var finished = old.only().finished(SUCCESS);
    assertThat(farm.answered(finished)).isFalse();
    var back = new FakeConnection(info("w1", 1, List.of(attempt)));
    var accepted = farm.controller.offer(back);
    assertThat(farm.answered(accepted)).isFalse();
    farm.store.release();
    farm.answer(accepted);
    assertThat(back.attempts()).isEmpty();
    assertThat(back.interrupted).containsOnlyKeys(attempt);
  }

  @Test
  void waitingJobsMoveToANewcomerWithFreeSlots() {
    FakeConnection first = farm.join("w1", 1);
    JobId running = farm.running(first);
    JobId waiting = farm.submit();
    assertThat(farm.job(waiting).worker()).contains(name("w1"));
    FakeConnection second = farm.join("w2", 1);
    assertThat(first.withdrawn).containsExactly(new AttemptId(waiting, 1));
    assertThat(second.attempts()).containsExactly(new AttemptId(waiting, 2));
    assertThat(farm.job(running).worker()).contains(name("w1"));
  }

  @Test
  void aQueueIsToldInOrder() {
    FakeConnection worker = farm.join("w1", 1);
    farm.running(worker);
    JobId low = farm.submit();
    JobId high = farm.submit(TestFarm.spec().priority(5).build());
    assertThat(farm.worker("w1").waiting())
        .containsExactly(new AttemptId(high, 1), new AttemptId(low, 2));
    assertThat(worker.attempts().subList(1, 3))
        .containsExactly(new AttemptId(high, 1), new AttemptId(low, 2));
  }

  @Test
  void anAssignmentThatCannotBeHandedOverDoesNotSpin() {
    FakeConnection worker = farm.join("w1", 1);
    worker.startFails = true;
    JobId id = farm.submit();
    assertThat(farm.job(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(worker.assignments).hasSize(1);
    for (int pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      int before = worker.assignments.size();
      worker.watcher().alive();
      farm.loop.advance(Duration.ofSeconds(pause).minusMillis(1));
      worker.watcher().alive();
      assertThat(worker.assignments).hasSize(before);
      farm.loop.advance(Duration.ofMillis(1));
      assertThat(worker.assignments).hasSize(before + 1);
    }
    worker.startFails = false;
    farm.loop.advance(Duration.ofSeconds(30));
    worker.watcher().alive();
    farm.loop.advance(Duration.ofSeconds(30));
    assertThat(farm.answer(worker.only().started())).isTrue();
  }

  @Test
  void aRunningAttemptWhoseNewHandleCannotBeHandedOverAsksForANewConnection() {
    FakeConnection old = farm.join("w1", 1);
    JobId id = farm.running(old);
    var back = new FakeConnection(info("w1", 1, List.of(new AttemptId(id, 1))));
    back.startFails = true;
    farm.answer(farm.controller.offer(back));
    assertThat(back.closed).hasSize(1);
    assertThat(farm.job(id).state()).isEqualTo(JobState.RUNNING);
  }
}
