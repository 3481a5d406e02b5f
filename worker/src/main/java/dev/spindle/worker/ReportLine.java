// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.JobReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * An attempt's way to the controller, which may be gone for a while and come back as another {@link
 * JobReport}.
 *
 * <p>Thread: any. Listeners are called on the thread that made the change and must not block.
 */
final class ReportLine {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private CompletableFuture<Link> link = new CompletableFuture<>(); // Guarded by this.

  /** From now on reports go there. Those unanswered until now fail as lost. */
  void attach(JobReport report) {
    Optional<Link> old;
    synchronized (this) {
      old = link();
      var next = new Link(report);
      if (old.isPresent()) {
        link = CompletableFuture.completedFuture(next);
      } else {
        link.complete(next);
      }
    }
    old.ifPresent(Link::failUnanswered);
    listeners.forEach(Runnable::run);
  }

  /** Reports cannot be delivered now. */
  void detach() {
    link().ifPresent(this::lose);
  }

  private void lose(Link lost) {
    synchronized (this) {
      if (link().filter(current -> current == lost).isEmpty()) {
        return;
      }
      link = new CompletableFuture<>();
    }
    lost.failUnanswered();
    listeners.forEach(Runnable::run);
  }

  /** The way that is open now. */
  synchronized Optional<Link> link() {
    return link.isDone() ? Optional.of(link.join()) : Optional.empty();
  }

  private synchronized CompletableFuture<Link> nextLink() {
    return link;
  }

  /** Has a task run after each change of {@link #link}. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Asks, and waits for the answer: over several connections if need be.
   *
   * @throws AttemptOver when the controller refuses
   */
  <T> T ask(Function<JobReport, CompletionStage<T>> question)
      throws IOException, InterruptedException {
    while (true) {
      try {
        return nextLink().get().call(question).get();
      } catch (ExecutionException e) {
        FarmException refusal = (FarmException) e.getCause();
        if (!isLoss(refusal)) {
          throw AttemptOver.refused(refusal);
        }
      }
    }
  }

  /** Whether a call failed because the connection is gone: it is to be made again on the next. */
  static boolean isLoss(FarmException refusal) {
    return switch (refusal.code()) {
      case UNAVAILABLE, NOT_CONNECTED -> true;
      default -> false;
    };
  }

  /** One connection's report. */
  final class Link {
    private final JobReport report;
    private final Set<CompletableFuture<?>> unanswered = ConcurrentHashMap.newKeySet();
    private volatile boolean lost;

    private Link(JobReport report) {
      this.report = report;
    }

    /** Calls once. Fails with nothing but {@link FarmException}. */
    <T> CompletableFuture<T> call(Function<JobReport, CompletionStage<T>> question) {
      var answer = new CompletableFuture<T>();
      unanswered.add(answer);
      asked(question)
          .whenComplete(
              (value, failure) -> {
                unanswered.remove(answer);
                if (failure == null) {
                  answer.complete(value);
                } else {
                  fail(answer, failure);
                }
              });
      if (lost) {
        failUnanswered(); // It was lost before this call was in the set.
      }
      return answer;
    }

    private <T> CompletionStage<T> asked(Function<JobReport, CompletionStage<T>> question) {
      try {
        return question.apply(report);
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    private void fail(CompletableFuture<?> answer, Throwable failure) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      FarmException refusal =
          cause instanceof FarmException farm
              ? farm
              : new FarmException(
                  FarmException.Code.BUSY, "the controller's answer was lost: " + cause, cause);
      if (isLoss(refusal)) {
        lose(this);
      }
      answer.completeExceptionally(refusal);
    }

    private void failUnanswered() {
      lost = true;
      for (CompletableFuture<?> answer : unanswered) {
        answer.completeExceptionally(
            new FarmException(FarmException.Code.UNAVAILABLE, "the connection is gone"));
      }
      unanswered.clear();
    }
  }
}
