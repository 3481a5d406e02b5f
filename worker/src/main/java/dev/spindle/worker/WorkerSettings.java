// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.WorkerInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How a worker is set up.
 *
 * @param dir where it keeps everything; no two workers may share it
 * @param slots how many jobs at once
 * @param tags what it offers
 * @param environment what jobs see of the worker's environment
 * @param killGrace how long a stopped job may take to end by itself
 * @param log how logs are cut into reports
 * @param cacheBytes how much fetched content is kept for later jobs
 * @param transfer moves files
 * @param time clock and timers
 * @param threads runs what blocks; must have a thread for each task at once, three or four a job
 */
public record WorkerSettings(
    Path dir,
    int slots,
    Set<String> tags,
    EnvironmentRules environment,
    Duration killGrace,
    LogLimits log,
    long cacheBytes,
    FileTransfer transfer,
    WorkerTime time,
    Executor threads) {

  public static final Duration DEFAULT_KILL_GRACE = Duration.ofSeconds(5);
  public static final long DEFAULT_CACHE_BYTES = 10L << 30;

  public WorkerSettings {
    dir = dir.toAbsolutePath().normalize();
    tags = Set.copyOf(tags);
    if (slots < 1 || slots > WorkerInfo.MAX_SLOTS) {
      throw new IllegalArgumentException(slots + " slots: expected 1 to " + WorkerInfo.MAX_SLOTS);
    }
    if (killGrace.isNegative()) {
      throw new IllegalArgumentException("kill grace " + killGrace + ": expected 0 or more");
    }
  }

  /** Starts settings with everything else at its default: one slot, no tags. */
  public static Builder in(Path dir, FileTransfer transfer) {
    return new Builder(dir, transfer);
  }

  /** Collects {@link WorkerSettings}. Not for use by several threads. */
  public static final class Builder {
    private final Path dir;
    private final FileTransfer transfer;
    private int slots = 1;
    private Set<String> tags = Set.of();
    private EnvironmentRules environment = EnvironmentRules.INHERIT;
    private Duration killGrace = DEFAULT_KILL_GRACE;
    private LogLimits log = LogLimits.DEFAULT;
    private long cacheBytes = DEFAULT_CACHE_BYTES;
    private WorkerTime time = WorkerTime.system();
    private Executor threads = daemonThreads();

    private Builder(Path dir, FileTransfer transfer) {
      this.dir = dir;
      this.transfer = transfer;
    }

    private static Executor daemonThreads() {
      var count = new AtomicInteger();
      return Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "worker-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
    }

    public Builder slots(int slots) {
      this.slots = slots;
      return this;
    }

    public Builder tags(Set<String> tags) {
      this.tags = tags;
      return this;
    }

    public Builder environment(EnvironmentRules environment) {
      this.environment = environment;
      return this;
    }

    public Builder killGrace(Duration killGrace) {
      this.killGrace = killGrace;
      return this;
    }

    public Builder log(LogLimits log) {
      this.log = log;
      return this;
    }

    public Builder cacheBytes(long cacheBytes) {
      this.cacheBytes = cacheBytes;
      return this;
    }

    public Builder time(WorkerTime time) {
      this.time = time;
      return this;
    }

    public Builder threads(Executor threads) {
      this.threads = threads;
      return this;
    }

    /**
     * Checks and builds.
     *
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public WorkerSettings build() {
      return new WorkerSettings(
          dir, slots, tags, environment, killGrace, log, cacheBytes, transfer, time, threads);
    }
  }
}
