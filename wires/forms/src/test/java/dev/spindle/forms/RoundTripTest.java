// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.Grant;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerStatus;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Every value comes out of its form, and out of the bytes, as it went in. */
class RoundTripTest {
  private static final int TRIES = 80;

  /** Across the wire, with a key of a newer version in it. */
  private static @Nullable Object sent(Map<String, @Nullable Object> form) {
    Map<String, @Nullable Object> newer = new LinkedHashMap<>(form);
    newer.put("added_in_a_later_version", java.util.List.of(1L, "two"));
    return Wire.across(newer);
  }

  @Property(tries = TRIES)
  void spec(@ForAll("specs") JobSpec spec) {
    assertThat(SpecForm.read(sent(SpecForm.toDict(spec)))).isEqualTo(spec);
  }

  @Property(tries = TRIES)
  void job(@ForAll("jobs") Job job) {
    assertThat(JobForm.read(sent(JobForm.toDict(job)))).isEqualTo(job);
  }

  @Property(tries = TRIES)
  void file(@ForAll("files") StoredFile file) {
    assertThat(FileForm.read(sent(FileForm.toDict(file)))).isEqualTo(file);
  }

  @Property(tries = TRIES)
  void result(@ForAll("results") JobResult result) {
    assertThat(ResultForm.read(sent(ResultForm.toDict(result)))).isEqualTo(result);
  }

  @Property(tries = TRIES)
  void attempt(@ForAll("attempts") AttemptId attempt) {
    assertThat(AttemptForm.read(Wire.across(AttemptForm.toList(attempt)))).isEqualTo(attempt);
  }

  @Property(tries = TRIES)
  void logChunk(@ForAll("chunks") LogChunk chunk) {
    assertThat(LogForm.read(chunk.attempt().job(), sent(LogForm.toDict(chunk)))).isEqualTo(chunk);
  }

  @Property(tries = TRIES)
  void grant(@ForAll("grants") Grant grant) {
    var reachedAt = new InetSocketAddress("127.0.0.1", 1);
    Grant read = GrantForm.read(grant.file().name(), sent(GrantForm.toDict(grant, reachedAt)));
    assertThat(read).usingRecursiveComparison().isEqualTo(grant);
  }

  @Property(tries = TRIES)
  void status(@ForAll("statuses") WorkerStatus status) {
    assertThat(StatusForm.read(sent(StatusForm.toDict(status)))).isEqualTo(status);
  }

  @Property(tries = TRIES)
  void info(@ForAll("infos") WorkerInfo info) {
    assertThat(WorkerInfoForm.read(sent(WorkerInfoForm.toDict(info)), "wire", "10.0.0.1:1"))
        .isEqualTo(info);
  }

  @Provide
  Arbitrary<JobSpec> specs() {
    return Values.spec();
  }

  @Provide
  Arbitrary<Job> jobs() {
    return Values.job();
  }

  @Provide
  Arbitrary<StoredFile> files() {
    return Values.file();
  }

  @Provide
  Arbitrary<JobResult> results() {
    return Values.result();
  }

  @Provide
  Arbitrary<AttemptId> attempts() {
    return Values.attempt();
  }

  @Provide
  Arbitrary<LogChunk> chunks() {
    return Values.chunk();
  }

  @Provide
  Arbitrary<Grant> grants() {
    return Values.grant();
  }

  @Provide
  Arbitrary<WorkerStatus> statuses() {
    return Values.status();
  }

  @Provide
  Arbitrary<WorkerInfo> infos() {
    return Values.info("wire", "10.0.0.1:1");
  }
}
