// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.Farm;
import dev.spindle.farm.FarmEvent;
import dev.spindle.farm.FarmException;
import dev.spindle.farm.JobId;
import dev.spindle.pb.broker.RemoteReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The watches of one login. One subscription to the farm serves them all. Thread: any. */
final class FarmWatches {
  /** Most jobs that one login may watch at once. */
  static final int MAX_WATCHES = 1000;

  private final Farm farm;
  private final List<JobWatch> watches = new CopyOnWriteArrayList<>();
  private @Nullable AutoCloseable subscription;
  private boolean closed;

  FarmWatches(Farm farm) {
    this.farm = farm;
  }

  synchronized JobWatch add(JobId job, RemoteReference watcher) {
    if (watches.size() >= MAX_WATCHES) {
      throw new FarmException(
          FarmException.Code.BUSY, "at most " + MAX_WATCHES + " jobs can be watched at once");
    }
    JobWatch watch = new JobWatch(job, watcher);
    watches.add(watch);
    if (subscription == null && !closed) {
      subscription = farm.watch(this::accept);
    }
    return watch;
  }

  void remove(JobWatch watch) {
    watches.remove(watch);
  }

  private void accept(FarmEvent event) {
    watches.removeIf(watch -> !watch.accept(event));
  }

  synchronized void close() {
    closed = true;
    watches.clear();
    AutoCloseable current = subscription;
    subscription = null;
    if (current != null) {
      try {
        current.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot end a watch", e);
      }
    }
  }
}
