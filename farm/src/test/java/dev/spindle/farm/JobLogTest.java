// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import static dev.spindle.farm.TestFarm.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class JobLogTest {
  private final TestFarm farm = new TestFarm();
  private final FakeConnection worker = farm.join("w1", 1);
  private final JobId id = farm.running(worker);

  private CompletionStage<Boolean> write(String text) {
    return worker.only().log(LogStream.STDOUT, text);
  }

  private List<String> texts() {
    return farm.answer(farm.controller.log(id, 0, 100)).stream().map(LogChunk::text).toList();
  }

  private List<LogChunk> told() {
    return farm.events(FarmEvent.JobLogged.class).stream().map(FarmEvent.JobLogged::chunk).toList();
  }

  @Test
  void aChunkIsAnsweredAndToldOnlyOnceItIsOnDisk() {
    farm.store.hold();
    var written = write("one");
    assertThat(farm.answered(written)).isFalse();
    assertThat(told()).isEmpty();
    farm.store.release();
    assertThat(farm.answer(written)).isTrue();
    assertThat(told()).containsExactlyElementsOf(farm.store.logOf(id));
  }

  @Test
  void whatArrivesDuringACommitGoesIntoTheNextOne() {
    int before = farm.store.commits;
    farm.store.hold();
    var all = List.of(write("1"), write("2"), write("3"), write("4"));
    farm.loop.run();
    assertThat(farm.store.pending()).isEqualTo(1);
    farm.store.release();
    all.forEach(one -> assertThat(farm.answer(one)).isTrue());
    assertThat(farm.store.commits - before).isEqualTo(2);
    assertThat(texts()).containsExactly("1", "2", "3", "4");
    assertThat(told()).extracting(LogChunk::sequence).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void aFailedCommitLeavesNoGapInTheNumbers() {
    farm.answer(write("1"));
    farm.store.failing(true);
    assertThat(farm.refusal(write("lost")).code()).isEqualTo(FarmException.Code.UNAVAILABLE);
    farm.store.failing(false);
    farm.answer(write("2"));
    assertThat(farm.store.logOf(id)).extracting(LogChunk::sequence).containsExactly(1L, 2L);
    assertThat(texts()).containsExactly("1", "2");
  }

  @Test
  void numbersContinueOverAttemptsAndRestarts() {
    farm.answer(write("first attempt"));
    farm.answer(worker.only().failed("again", true));
    JobReport second = worker.report(new AttemptId(id, 2));
    farm.answer(second.started());
    farm.answer(second.log(LogStream.STDERR, "second attempt"));
    farm.restart(0);
    var attempt = new AttemptId(id, 2);
    FakeConnection back = farm.join(TestFarm.info("w1", 1, List.of(attempt)));
    farm.answer(back.report(attempt).log(LogStream.STDOUT, "after the restart"));
    assertThat(farm.store.logOf(id)).extracting(LogChunk::sequence).containsExactly(1L, 2L, 3L);
    assertThat(farm.store.logOf(id))
        .extracting(c -> c.attempt().attempt())
        .containsExactly(1, 2, 2);
  }

  @Test
  void whatWasLoggedBeforeAnEndIsOnDiskBeforeIt() {
    farm.store.hold();
    var lines = List.of(write("1"), write("2"));
    var finished = worker.only().finished(SUCCESS);
    farm.loop.run();
    while (farm.store.makeNext()) {
      farm.loop.run();
    }
    lines.forEach(line -> assertThat(farm.answer(line)).isTrue());
    assertThat(farm.answer(finished)).isTrue();
    int end = lastIndex(FarmEvent.JobChanged.class);
    assertThat(lastIndex(FarmEvent.JobLogged.class)).isLessThan(end);
    assertThat(texts()).containsExactly("1", "2");
  }

  private int lastIndex(Class<? extends FarmEvent> type) {
    return farm.events.lastIndexOf(farm.events(type).get(farm.events(type).size() - 1));
  }

  @Test
  void beyondItsBudgetALogIsCutWithOneRemark() {
    var narrow = new TestFarm(TestFarm.narrow());
    FakeConnection one = narrow.join("w1", 1);
    JobId job = narrow.running(one);
    for (String text : List.of("0123456789", "012345678", "xxx", "y", "zzzz")) {
      assertThat(narrow.answer(one.only().log(LogStream.STDOUT, text))).isTrue();
    }
    List<LogChunk> log = narrow.store.logOf(job);
    assertThat(log)
        .extracting(LogChunk::stream)
        .containsExactly(LogStream.STDOUT, LogStream.STDOUT, LogStream.HEADER);
    assertThat(log.get(2).text()).contains("cut").contains("20 bytes");
  }

  @Test
  void aNewAttemptHasANewBudget() {
    var narrow = new TestFarm(TestFarm.narrow());
    FakeConnection one = narrow.join("w1", 1);
    JobId job = narrow.running(one);
    narrow.answer(one.only().log(LogStream.STDOUT, "x".repeat(21)));
    narrow.answer(one.only().failed("again", true));
    narrow.answer(one.report(new AttemptId(job, 2)).log(LogStream.STDOUT, "fits"));
    assertThat(narrow.store.logOf(job)).last().extracting(LogChunk::text).isEqualTo("fits");
  }

  @Test
  void theRemarkIsWrittenAgainWhenItsCommitFailed() {
    var narrow = new TestFarm(TestFarm.narrow());
    FakeConnection one = narrow.join("w1", 1);
    JobId job = narrow.running(one);
    narrow.store.failing(true);
    narrow.refusal(one.only().log(LogStream.STDOUT, "x".repeat(21)));
    narrow.store.failing(false);
    narrow.answer(one.only().log(LogStream.STDOUT, "x".repeat(21)));
    assertThat(narrow.store.logOf(job))
        .extracting(LogChunk::stream)
        .containsExactly(LogStream.HEADER);
  }

  @Test
  void moreUnwrittenBytesThanTheLimitAreRefused() {
    var narrow = new TestFarm(TestFarm.narrow());
    FakeConnection one = narrow.join("w1", 1);
    narrow.running(one);
    narrow.store.hold();
    var first = one.only().log(LogStream.STDOUT, "ä".repeat(8));
    assertThat(narrow.refusal(one.only().log(LogStream.STDOUT, "ä".repeat(8))).code())
        .isEqualTo(FarmException.Code.BUSY);
    assertThat(narrow.refusal(one.only().log(LogStream.STDOUT, "ä".repeat(16))).code())
        .isEqualTo(FarmException.Code.INVALID);
    narrow.store.release();
    assertThat(narrow.answer(first)).isTrue();
    assertThat(narrow.answer(one.only().log(LogStream.STDOUT, "ää"))).isTrue();
  }

  @Test
  void aPageOfALogHasALimit() {
    assertThat(farm.refusal(farm.controller.log(id, 0, 0)).code())
        .isEqualTo(FarmException.Code.INVALID);
    assertThat(farm.refusal(farm.controller.log(id, 0, JobQuery.MAX_LIMIT + 1)).code())
        .isEqualTo(FarmException.Code.INVALID);
    farm.answer(write("1"));
    farm.answer(write("2"));
    assertThat(farm.answer(farm.controller.log(id, 1, 1)))
        .extracting(LogChunk::text)
        .containsExactly("2");
  }
}
