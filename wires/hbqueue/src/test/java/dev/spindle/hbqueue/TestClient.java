// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The HBClient of a worker that is a script: writes down what it is asked, answers as told. */
final class TestClient implements Referenceable {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  volatile boolean mute;
  volatile boolean broken;
  volatile Object status = Map.of("running", List.of(), "load", 0.5, "free_disk", 1000L);

  List<String> calls() {
    return calls;
  }

  long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  private <T> CompletionStage<T> answer(String call, T value) {
    calls.add(call);
    if (broken) {
      throw new IllegalStateException("a fault of the worker");
    }
    return mute ? new CompletableFuture<>() : CompletableFuture.completedFuture(value);
  }

  @Exposed
  CompletionStage<Object> queueUpdated(long length) {
    return answer("queueUpdated " + length, null);
  }

  @Exposed
  CompletionStage<Object> status() {
    return answer("status", status);
  }

  @Exposed
  CompletionStage<Boolean> stop(long id, String why) {
    return answer("stop " + id + " " + why, true);
  }

  @Exposed
  CompletionStage<Object> print(String text) {
    return answer("print " + text, null);
  }

  @Exposed
  CompletionStage<Object> shutdown(boolean graceful) {
    return answer("shutdown " + graceful, null);
  }

  @Exposed
  void closing(String why) {
    calls.add("closing " + why);
  }

  @Exposed
  void replaced(String why) {
    calls.add("replaced " + why);
  }
}
