// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.FarmEvent;
import dev.spindle.farm.JobId;
import dev.spindle.forms.JobForm;
import dev.spindle.forms.StatusForm;
import dev.spindle.pb.broker.RemoteReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells one watcher of one job: {@code changed({state, attempt, percent, text, log})}, where {@code
 * log} is the last sequence number of the log.
 *
 * <p>At most one call is under way; what happens meanwhile is told together in the next. So a slow
 * watcher costs nothing, and misses no last state.
 *
 * <p>Thread: events come on the farm's, answers on the PB connection's; guarded by this.
 */
final class JobWatch {
  private final JobId job;
  private final RemoteReference watcher;
  private final Map<String, @Nullable Object> latest = new LinkedHashMap<>();
  private boolean telling;
  private boolean news;
  private boolean ended;

  JobWatch(JobId job, RemoteReference watcher) {
    this.job = job;
    this.watcher = watcher;
  }

  /** Takes an event; false when it was the last, or this watch has ended before. */
  synchronized boolean accept(FarmEvent event) {
    boolean last = false;
    if (event instanceof FarmEvent.JobChanged changed && changed.job().id().equals(job)) {
      latest.put("state", JobForm.stateName(changed.job().state()));
      latest.put("attempt", changed.job().attempt());
      latest.remove("percent");
      latest.remove("text");
      last = changed.job().state().isFinal();
      tell();
    } else if (event instanceof FarmEvent.JobProgressed progress
        && progress.attempt().job().equals(job)) {
      latest.put("percent", StatusForm.percent(progress.percent()));
      latest.put("text", progress.text());
      tell();
    } else if (event instanceof FarmEvent.JobLogged logged
        && logged.chunk().attempt().job().equals(job)) {
      latest.put("log", logged.chunk().sequence());
      tell();
    }
    return !last && !ended;
  }

  private void tell() {
    news = true;
    if (telling || ended) {
      return;
    }
    telling = true;
    news = false;
    watcher
        .call("changed", new LinkedHashMap<>(latest))
        .whenComplete((answer, error) -> told(error));
  }

  private synchronized void told(@Nullable Throwable error) {
    telling = false;
    if (error != null) {
      ended = true;
    } else if (news) {
      tell();
    }
  }
}
