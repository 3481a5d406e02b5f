// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fetched content, kept for later jobs in files named by their hash; what was used longest ago goes
 * first when there is too much.
 *
 * <p>A job gets a copy, never a link, so that it cannot change what is kept; and the copy is hashed
 * while it is made, so that content which somebody changed all the same is never used.
 *
 * <p>Thread: any. Two jobs that need the same content fetch it once.
 */
final class InputCache {
  private final Path dir;
  private final long limitBytes;
  private final Map<Sha256, Long> sizes = new LinkedHashMap<>(); // Least recently used first.
  private final Set<Sha256> busy = new HashSet<>();

  /** Brings content that is not here. */
  interface Fetch {
    /** Writes the whole, verified content to a file that does not exist. */
    void into(Path target) throws IOException, InterruptedException;
  }

  /** Opens what an earlier life left in the directory. */
  InputCache(Path dir, long limitBytes) throws IOException {
    this.dir = dir;
    this.limitBytes = limitBytes;
    var times = new HashMap<Path, FileTime>();
    try (var files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        if (file.getFileName().toString().matches("[0-9a-f]{64}") && Files.isRegularFile(file)) {
          times.put(file, Files.getLastModifiedTime(file));
        } else {
          Disk.deleteTree(file); // Half of something.
        }
      }
    }
    List<Path> byAge = times.keySet().stream().sorted(Comparator.comparing(times::get)).toList();
    for (Path file : byAge) {
      sizes.put(new Sha256(file.getFileName().toString()), Files.size(file));
    }
    evict();
  }

  synchronized Set<Sha256> holds() {
    return Set.copyOf(sizes.keySet());
  }

  /** Puts a file's content at {@code target}, which must not exist, fetching it if need be. */
  void place(StoredFile file, Path target, Fetch fetch) throws IOException, InterruptedException {
    if (file.size() > limitBytes) {
      fetch.into(target);
      return;
    }
    take(file.sha256());
    try {
      if (!copy(file.sha256(), target)) {
        bring(file.sha256(), fetch);
        if (!copy(file.sha256(), target)) {
          throw new IOException(
              "input '" + file.name() + "' was changed in the cache while it was copied");
        }
      }
    } finally {
      giveBack(file.sha256());
    }
    evict();
  }

  private synchronized void take(Sha256 content) throws InterruptedException {
    while (!busy.add(content)) {
      wait();
    }
  }

  private synchronized void giveBack(Sha256 content) {
    busy.remove(content);
    notifyAll();
  }

  private boolean copy(Sha256 content, Path target) throws IOException, InterruptedException {
    Path kept = dir.resolve(content.hex());
    try {
      if (Hasher.copy(kept, target).equals(content)) {
        used(content, kept);
        return true;
      }
    } catch (NoSuchFileException e) {
      if (Files.exists(kept)) {
        throw e; // It is the target's folder that is missing.
      }
    }
    forget(content);
    Files.deleteIfExists(target);
    return false;
  }

  private void bring(Sha256 content, Fetch fetch) throws IOException, InterruptedException {
    Path part = dir.resolve(content.hex() + ".part");
    try {
      Files.deleteIfExists(part);
      fetch.into(part);
      Files.move(part, dir.resolve(content.hex()), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void used(Sha256 content, Path kept) throws IOException {
    Files.setLastModifiedTime(kept, FileTime.from(Instant.now())); // For the next life.
    long size = Files.size(kept);
    synchronized (this) {
      sizes.remove(content);
      sizes.put(content, size);
    }
  }

  private void forget(Sha256 content) throws IOException {
    synchronized (this) {
      sizes.remove(content);
    }
    Files.deleteIfExists(dir.resolve(content.hex()));
  }

  private synchronized void evict() throws IOException {
    long total = sizes.values().stream().collect(Collectors.summingLong(Long::longValue));
    for (Iterator<Map.Entry<Sha256, Long>> oldest = sizes.entrySet().iterator();
        total > limitBytes && oldest.hasNext(); ) {
      Map.Entry<Sha256, Long> entry = oldest.next();
      if (!busy.contains(entry.getKey())) {
        total -= entry.getValue();
        Files.deleteIfExists(dir.resolve(entry.getKey().hex()));
        oldest.remove();
      }
    }
  }
}
