// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A depot without files: it knows hashes, and writes down grants and revocations. As the real one
 * it answers for what its holders offered, and forgets that, but no content, when it restarts.
 */
final class FakeDepot implements Depot {
  final Set<Sha256> contents = new HashSet<>();
  final List<GrantHolder> reads = new ArrayList<>();
  final List<GrantHolder> writes = new ArrayList<>();
  final List<GrantHolder> revoked = new ArrayList<>();
  boolean silent;
  private final Map<GrantHolder, Map<FileName, StoredFile>> offers = new HashMap<>();

  static Sha256 sha(int number) {
    return new Sha256(String.format("%064x", number));
  }

  static StoredFile file(String name, int number) {
    return new StoredFile(new FileName(name), 10L * number, sha(number), "0".repeat(32));
  }

  /** A transfer came in whole. */
  void receive(StoredFile file) {
    contents.add(file.sha256());
  }

  void restart() {
    offers.clear();
  }

  @Override
  public boolean holds(Sha256 sha256) {
    return contents.contains(sha256);
  }

  @Override
  public Grant grantRead(GrantHolder holder, StoredFile file) {
    if (!holds(file.sha256())) {
      throw new FarmException(FarmException.Code.MISSING_FILE, "no " + file.name());
    }
    reads.add(holder);
    return grant(file);
  }

  @Override
  public Grant grantWrite(GrantHolder holder, FileName name, long size, Sha256 sha256) {
    writes.add(holder);
    var file = new StoredFile(name, size, sha256, "0".repeat(32));
    offers.computeIfAbsent(holder, h -> new HashMap<>()).put(name, file);
    return grant(file);
  }

  private static Grant grant(StoredFile file) {
    return new Grant("", 21, false, "u", "p", "/f", file, Duration.ofMinutes(1), 0);
  }

  @Override
  public CompletionStage<Optional<StoredFile>> delivered(GrantHolder holder, FileName name) {
    if (silent) {
      return new CompletableFuture<>();
    }
    return CompletableFuture.completedStage(
        Optional.ofNullable(offers.getOrDefault(holder, Map.of()).get(name))
            .filter(file -> holds(file.sha256())));
  }

  @Override
  public void revoke(GrantHolder holder) {
    revoked.add(holder);
    offers.remove(holder);
  }

  @Override
  public void close() {}
}
