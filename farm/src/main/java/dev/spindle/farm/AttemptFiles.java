// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The files that one attempt may read, and those that it offered. What of these was delivered is in
 * the {@link Attempt}'s record, and not here. On the loop only.
 */
final class AttemptFiles {
  private final Depot depot;
  private final Desk desk;
  private final AttemptId attempt;
  private final int maxOutputs;
  private final Duration answerLimit;
  private final Map<FileName, Offer> offers = new LinkedHashMap<>();

  AttemptFiles(Depot depot, Desk desk, ControllerSettings settings, AttemptId attempt) {
    this.depot = depot;
    this.desk = desk;
    this.attempt = attempt;
    this.maxOutputs = settings.maxOutputsPerAttempt();
    this.answerLimit = settings.answerLimit();
  }

  /** Knows again what was offered, and delivered, before the controller started. */
  void recall(List<StoredFile> delivered) {
    delivered.forEach(file -> offers.put(file.name(), Offer.of(file)));
  }

  Grant fetch(JobSpec spec, FileName name) {
    for (StoredFile input : spec.inputs()) {
      if (input.name().equals(name)) {
        return depot.grantRead(holder(), input);
      }
    }
    throw new FarmException(
        FarmException.Code.MISSING_FILE, "job " + attempt.job() + " has no input '" + name + "'");
  }

  /** Offers an output: a new one, or the same after a cut transfer, or with other content. */
  Grant offer(FileName name, long size, Sha256 sha256) {
    if (!offers.containsKey(name) && offers.size() >= maxOutputs) {
      throw new FarmException(
          FarmException.Code.INVALID,
          String.format(
              "attempt %s cannot offer '%s': it has offered %d, the most",
              attempt, name, maxOutputs));
    }
    Grant grant = depot.grantWrite(holder(), name, size, sha256);
    offers.put(name, new Offer(name, size, sha256));
    return grant;
  }

  /** The output that was offered last under this name, if it is on record or the depot has it. */
  CompletionStage<Optional<StoredFile>> find(FileName name, List<StoredFile> recorded) {
    Offer offer = offers.get(name);
    if (offer == null) {
      throw new FarmException(
          FarmException.Code.MISSING_FILE,
          "attempt " + attempt + " has not offered '" + name + "': offer it first");
    }
    Optional<StoredFile> known = recorded.stream().filter(offer::isFor).findFirst();
    return known.isPresent() ? CompletableFuture.completedStage(known) : look(offer);
  }

  /** Whether this, and not other content, was offered last under its name. */
  boolean isOffered(StoredFile file) {
    return Offer.of(file).equals(offers.get(file.name()));
  }

  private CompletionStage<Optional<StoredFile>> look(Offer offer) {
    return desk.onLoop(depot.delivered(holder(), offer.name()), answerLimit, () -> late(offer))
        .thenApply(found -> found.filter(offer::isFor));
  }

  private FarmException late(Offer offer) {
    return new FarmException(
        FarmException.Code.UNAVAILABLE,
        String.format(
            "the depot did not tell of '%s' within %d s", offer.name(), answerLimit.toSeconds()));
  }

  /** Asks the depot for every output that is not on record; completes with those that it has. */
  CompletionStage<List<StoredFile>> findRest(List<StoredFile> recorded) {
    CompletionStage<List<StoredFile>> rest = CompletableFuture.completedStage(new ArrayList<>());
    for (Offer offer : undelivered(recorded)) {
      rest =
          rest.thenCombine(
              look(offer),
              (files, found) -> {
                found.ifPresent(files::add);
                return files;
              });
    }
    return rest;
  }

  /** An output that was offered and is not on record, if there is one. */
  Optional<FileName> missing(List<StoredFile> recorded) {
    return undelivered(recorded).stream().findFirst().map(Offer::name);
  }

  private List<Offer> undelivered(List<StoredFile> recorded) {
    Set<Offer> delivered = new HashSet<>();
    recorded.forEach(file -> delivered.add(Offer.of(file)));
    return offers.values().stream().filter(offer -> !delivered.contains(offer)).toList();
  }

  void revoke() {
    depot.revoke(holder());
  }

  private GrantHolder holder() {
    return GrantHolder.of(attempt);
  }

  private record Offer(FileName name, long size, Sha256 sha256) {
    static Offer of(StoredFile file) {
      return new Offer(file.name(), file.size(), file.sha256());
    }

    boolean isFor(StoredFile file) {
      return equals(of(file));
    }
  }
}
