// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.JobResult;
import dev.spindle.farm.LogStream;
import dev.spindle.farm.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The controller's side of an attempt: writes down every call, and answers as told. Each instance
 * is one connection.
 */
final class TestReport implements JobReport {
  private final TestDepot depot;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final StringBuffer stdout = new StringBuffer();
  private final StringBuffer stderr = new StringBuffer();
  private final StringBuffer header = new StringBuffer();
  private final List<CompletableFuture<Boolean>> heldLogs = new ArrayList<>();
  private volatile Function<String, Boolean> answers = call -> true;
  private final Set<FileName> offered = ConcurrentHashMap.newKeySet();
  private volatile boolean restarted;
  private volatile boolean holdingLogs;
  private volatile FarmException.Code refusal;
  private volatile String refused = "";

  TestReport(TestDepot depot) {
    this.depot = depot;
  }

  /** Answers false to calls of this name. */
  TestReport sayingNoTo(String name) {
    answers = call -> !call.equals(name);
    return this;
  }

  /** Fails calls of this name, or all for the empty one. */
  TestReport refusing(String name, FarmException.Code code) {
    refusal = code;
    refused = name;
    return this;
  }

  /** Is of a controller that knows of no offer but those made to it. */
  TestReport ofARestartedController() {
    restarted = true;
    return this;
  }

  /** Leaves log reports without an answer. */
  TestReport holdingLogs() {
    holdingLogs = true;
    return this;
  }

  /** Answers the log reports that wait, and those that come. */
  void answerLogs() {
    List<CompletableFuture<Boolean>> waiting;
    synchronized (heldLogs) {
      holdingLogs = false;
      waiting = List.copyOf(heldLogs);
      heldLogs.clear();
    }
    waiting.forEach(w -> w.complete(true));
  }

  int unansweredLogs() {
    synchronized (heldLogs) {
      return heldLogs.size();
    }
  }

  List<String> calls() {
    return calls;
  }

  boolean has(String call) {
    return calls.stream().anyMatch(c -> c.startsWith(call));
  }

  /** The end, once it was reported. */
  String end() {
    return calls.stream()
        .filter(c -> c.startsWith("finished") || c.startsWith("failed"))
        .findFirst()
        .orElse("");
  }

  String stdout() {
    return stdout.toString();
  }

  String stderr() {
    return stderr.toString();
  }

  String header() {
    return header.toString();
  }

  private <T> CompletionStage<T> answer(String name, String call, T value) {
    calls.add(call);
    FarmException.Code code = refusal;
    if (code != null && (refused.isEmpty() || refused.equals(name))) {
      return CompletableFuture.failedFuture(new FarmException(code, name + " was refused"));
    }
    return CompletableFuture.completedFuture(value);
  }

  private CompletionStage<Boolean> answer(String name, String call) {
    return answer(name, call, answers.apply(name));
  }

  @Override
  public CompletionStage<Grant> fetch(FileName input) {
    return answer("fetch", "fetch " + input, depot.grant(input, "read", 0));
  }

  @Override
  public CompletionStage<Grant> offer(FileName output, long size, Sha256 sha256) {
    offered.add(output);
    return answer("offer", "offer " + output, depot.offer(output, size, sha256));
  }

  @Override
  public CompletionStage<Boolean> delivered(FileName output) {
    if (restarted && !offered.contains(output)) {
      calls.add("delivered " + output);
      return CompletableFuture.failedFuture(
          new FarmException(FarmException.Code.MISSING_FILE, output + " was not offered"));
    }
    return answer("delivered", "delivered " + output, depot.isDelivered(output));
  }

  @Override
  public CompletionStage<Boolean> started() {
    return answer("started", "started");
  }

  @Override
  public CompletionStage<Boolean> progress(OptionalDouble percent, String text) {
    String shown = percent.isPresent() ? Long.toString((long) percent.getAsDouble()) : "-";
    return answer("progress", "progress " + shown + " " + text);
  }

  @Override
  public CompletionStage<Boolean> log(LogStream stream, String text) {
    CompletionStage<Boolean> answer = answer("log", "log " + stream.wireName());
    (switch (stream) {
          case STDOUT -> stdout;
          case STDERR -> stderr;
          case HEADER -> header;
        })
        .append(text);
    synchronized (heldLogs) {
      if (holdingLogs) {
        var held = new CompletableFuture<Boolean>();
        heldLogs.add(held);
        return held;
      }
    }
    return answer;
  }

  @Override
  public CompletionStage<Boolean> finished(JobResult result) {
    return answer("finished", "finished " + result.exit());
  }

  @Override
  public CompletionStage<Boolean> failed(String why, boolean retry) {
    return answer("failed", "failed " + (retry ? "retry: " : "for good: ") + why);
  }

  @Override
  public CompletionStage<Boolean> refuse(String why) {
    return answer("refuse", "refuse " + why);
  }
}
