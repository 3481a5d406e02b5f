// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.GrantHolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The files that are arriving, each under whose it is.
 *
 * <p>Thread: any; no call waits for the disk but {@link #finish}.
 */
final class Incoming {
  private final Map<PartialKey, Partial> partials = new HashMap<>(); // guarded by this
  private final Partial.Disk disk;
  private final int maxUnfinished;
  private final Consumer<ContentHash> whenWhole;
  private long lastNumber; // guarded by this

  Incoming(Partial.Disk disk, int maxUnfinished, Consumer<ContentHash> whenWhole) {
    this.disk = disk;
    this.maxUnfinished = maxUnfinished;
    this.whenWhole = whenWhole;
  }

  /**
   * The partial of that key, begun if need be.
   *
   * @throws FarmException {@code BUSY} when too many are unfinished, {@code INVALID} when the size
   *     is not the one named before
   */
  synchronized Partial partial(PartialKey key, long size) {
    Partial known = partials.get(key);
    if (known != null) {
      if (known.size() != size) {
        throw new FarmException(
            FarmException.Code.INVALID,
            key.name()
                + " of "
                + key.holder().key()
                + " was offered with "
                + known.size()
                + " bytes and now with "
                + size
                + ", yet with one hash");
      }
      return known;
    }
    if (partials.size() >= maxUnfinished) {
      throw new FarmException(
          FarmException.Code.BUSY,
          maxUnfinished + " files are arriving at the depot, which is its limit; try again later");
    }
    Partial begun = fresh(key, size);
    partials.put(key, begun);
    return begun;
  }

  /**
   * For content that is here already and may be sent nonetheless: a partial that nobody resumes, so
   * that it takes no place among the unfinished.
   */
  synchronized Partial needless(PartialKey key, long size) {
    return fresh(key, size);
  }

  /** Bytes that are here of that key. */
  synchronized long length(PartialKey key) {
    Partial known = partials.get(key);
    return known == null ? 0 : known.length();
  }

  /** Makes an object of a partial; it is discarded when that fails. */
  void finish(Partial partial) throws UploadRefused {
    try {
      whenWhole.accept(partial.finish());
    } catch (UploadRefused e) {
      discard(partial);
      throw e;
    }
    forget(partial);
  }

  void discard(Partial partial) {
    forget(partial);
    partial.discard();
  }

  /** Discards what the holder began. */
  void discardAll(GrantHolder holder) {
    discardIf(key -> key.holder().equals(holder));
  }

  /** Discards what the holder began under the same name with other content. */
  void discardOthers(PartialKey latest) {
    discardIf(
        key ->
            key.holder().equals(latest.holder())
                && key.name().equals(latest.name())
                && !key.equals(latest));
  }

  private void discardIf(Predicate<PartialKey> doomed) {
    List<Partial> found = new ArrayList<>();
    synchronized (this) {
      partials.forEach(
          (key, partial) -> {
            if (doomed.test(key)) {
              found.add(partial);
            }
          });
    }
    found.forEach(this::discard);
  }

  private Partial fresh(PartialKey key, long size) {
    return new Partial(key, size, disk.objects().incoming(Long.toString(++lastNumber)), disk);
  }

  private synchronized void forget(Partial partial) {
    partials.remove(partial.key(), partial);
  }
}
