// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The files that one attempt may read, and those that it offered. On the loop only. */
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

  Grant fetch(JobSpec spec, FileName name) {
    for (StoredFile input : spec.inputs()) {
      if (input.name().equals(name)) {
        return depot.grantRead(holder(), input);
      }
    }
    throw new FarmException(
        FarmException.Code.MISSING_FILE, "job " + attempt.job() + " has no input '" + name + "'");
  }

  /** Offers an output, or the same once more after a cut transfer. */
  Grant offer(FileName name, long size, Sha256 sha256) {
    Offer known = offers.get(name);
    if (known == null && offers.size() >= maxOutputs) {
      throw invalid("cannot offer '" + name + "': it has offered " + maxOutputs + ", the most");
    }
    if (known != null && !known.isFor(size, sha256)) {
      throw invalid("offered '" + name + "' before with other content");
    }
    Grant grant = depot.grantWrite(holder(), name, size, sha256);
    if (known == null) {
      offers.put(name, new Offer(size, sha256));
    }
    return grant;
  }

  private FarmException invalid(String what) {
    return new FarmException(FarmException.Code.INVALID, "attempt " + attempt + " " + what);
  }

  CompletionStage<Boolean> delivered(FileName name) {
    Offer offer = offers.get(name);
    if (offer == null) {
      throw new FarmException(
          FarmException.Code.MISSING_FILE,
          "attempt " + attempt + " has not offered '" + name + "': offer it first");
    }
    return look(name, offer);
  }

  private CompletionStage<Boolean> look(FileName name, Offer offer) {
    if (offer.file != null) {
      return CompletableFuture.completedStage(true);
    }
    var late =
        new FarmException(
            FarmException.Code.UNAVAILABLE,
            "the depot did not tell of '" + name + "' within " + answerLimit.toSeconds() + " s");
    return desk.onLoop(depot.delivered(holder(), name), answerLimit, late)
        .thenApply(file -> offer.keep(file));
  }

  /** Asks for every offered output; completes with the first that is missing, if one is. */
  CompletionStage<Optional<FileName>> missing() {
    CompletionStage<Optional<FileName>> missing =
        CompletableFuture.completedStage(Optional.empty());
    for (Map.Entry<FileName, Offer> entry : offers.entrySet()) {
      if (entry.getValue().file == null) {
        missing =
            missing.thenCombine(
                look(entry.getKey(), entry.getValue()),
                (first, here) -> first.isEmpty() && !here ? Optional.of(entry.getKey()) : first);
      }
    }
    return missing;
  }

  /** What is known to be whole in the depot, in the order in which it was offered. */
  List<StoredFile> outputs() {
    return offers.values().stream().flatMap(o -> Optional.ofNullable(o.file).stream()).toList();
  }

  void revoke() {
    depot.revoke(holder());
  }

  private GrantHolder holder() {
    return GrantHolder.of(attempt);
  }

  private static final class Offer {
    final long size;
    final Sha256 sha256;
    @Nullable StoredFile file;

    Offer(long size, Sha256 sha256) {
      this.size = size;
      this.sha256 = sha256;
    }

    boolean isFor(long otherSize, Sha256 other) {
      return size == otherSize && sha256.equals(other);
    }

    boolean keep(Optional<StoredFile> found) {
      found.ifPresent(f -> file = f);
      return file != null;
    }
  }
}
