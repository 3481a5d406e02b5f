// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.Sha256;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The MD5 of objects: remembered from their arrival, else read anew on a thread of its own, which
 * is only needed for content from before the depot's start.
 */
final class Md5Lookup implements AutoCloseable {
  private static final int REMEMBERED = 10_000;
  private static final int IDLE_SECONDS = 5;

  private final ObjectFolder objects;
  private final ExecutorService reader;
  private volatile boolean closed;
  private final Map<Sha256, ContentHash> known =
      new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256, ContentHash> eldest) {
          return size() > REMEMBERED;
        }
      };

  Md5Lookup(ObjectFolder objects) {
    this.objects = objects;
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "depot-hash");
              thread.setDaemon(true);
              return thread;
            });
    one.allowCoreThreadTimeOut(true);
    this.reader = one;
  }

  synchronized void remember(ContentHash hash) {
    known.put(hash.sha256(), hash);
  }

  /**
   * The whole identity of an object.
   *
   * @return empty when the object's bytes are no longer those of its name; fails when it cannot be
   *     read
   */
  CompletionStage<Optional<ContentHash>> of(Sha256 sha256) {
    ContentHash remembered;
    synchronized (this) {
      remembered = known.get(sha256);
    }
    if (remembered != null) {
      return CompletableFuture.completedFuture(Optional.of(remembered));
    }
    CompletableFuture<Optional<ContentHash>> answer = new CompletableFuture<>();
    Runnable task = () -> answer(answer, sha256);
    try {
      reader.execute(task);
    } catch (RejectedExecutionException e) {
      task.run(); // It says that the depot is closed.
    }
    return answer;
  }

  /** Ends what is being read; every answer that is owed fails. */
  @Override
  public void close() {
    closed = true;
    reader.shutdownNow().forEach(Runnable::run);
  }

  private void answer(CompletableFuture<Optional<ContentHash>> answer, Sha256 sha256) {
    try {
      answer.complete(read(sha256));
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private Optional<ContentHash> read(Sha256 sha256) throws IOException {
    if (closed) {
      throw new FarmException(FarmException.Code.UNAVAILABLE, "the depot is closed");
    }
    ContentHash found = ContentHash.of(objects.object(sha256));
    if (!found.sha256().equals(sha256)) {
      return Optional.empty();
    }
    remember(found);
    return Optional.of(found);
  }
}
