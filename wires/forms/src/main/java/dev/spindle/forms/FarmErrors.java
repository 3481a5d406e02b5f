// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FarmException.Code;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.PbException;
import dev.spindle.pb.broker.RemoteException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The farm's errors on the wire: {@code spindle.} and the code, such as {@code spindle.NoSuchJob},
 * which Python programs can trap by name.
 */
public final class FarmErrors {
  private static final String PREFIX = "spindle.";

  static final String INVALID = PREFIX + wireName(Code.INVALID);

  private FarmErrors() {}

  private static String wireName(Code code) {
    StringBuilder name = new StringBuilder();
    for (String word : code.name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return name.toString();
  }

  /** Lets a stage fail with what a Python caller understands. */
  public static <T> CompletionStage<T> outward(CompletionStage<T> stage) {
    return stage.exceptionallyCompose(error -> CompletableFuture.failedFuture(toPb(error)));
  }

  /** Does what a peer asks for; what is wrong with it fails the answer as what comes later does. */
  public static <T> CompletionStage<T> answer(Supplier<CompletionStage<T>> asked) {
    try {
      return outward(asked.get());
    } catch (IllegalArgumentException | FarmException e) {
      return CompletableFuture.failedFuture(toPb(e));
    }
  }

  /** The error to throw towards a PB peer. */
  public static Throwable toPb(Throwable thrown) {
    Throwable error = unwrap(thrown);
    if (error instanceof FarmException farm) {
      return new PbError(PREFIX + wireName(farm.code()), String.valueOf(farm.getMessage()));
    }
    return error instanceof IllegalArgumentException
        ? new PbError(INVALID, String.valueOf(error.getMessage()))
        : error;
  }

  /** The farm's own exception for what a PB call failed with. */
  public static FarmException fromPb(Throwable thrown) {
    Throwable error = unwrap(thrown);
    if (error instanceof FarmException farm) {
      return farm;
    }
    if (error instanceof RemoteException remote) {
      for (Code code : Code.values()) {
        if (remote.isA(PREFIX + wireName(code))) {
          return new FarmException(code, remote.text(), remote);
        }
      }
      return new FarmException(
          Code.INVALID, "the other side failed: " + remote.getMessage(), remote);
    }
    if (error instanceof TimeoutException) {
      return new FarmException(Code.UNAVAILABLE, "no answer in time", error);
    }
    if (error instanceof PbException) {
      return new FarmException(Code.UNAVAILABLE, String.valueOf(error.getMessage()), error);
    }
    return new FarmException(Code.INVALID, String.valueOf(error.getMessage()), error);
  }

  /** Reads a remote call's answer; every failure becomes a {@link FarmException}. */
  public static <T> CompletionStage<T> inward(
      CompletionStage<?> call, Function<@org.jspecify.annotations.Nullable Object, T> reader) {
    return call.handle(
        (value, error) -> {
          if (error != null) {
            throw fromPb(error);
          }
          try {
            return reader.apply(value);
          } catch (PbError e) {
            throw new FarmException(
                Code.INVALID, "an answer that cannot be read: " + e.getMessage(), e);
          }
        });
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable error = thrown;
    while (error instanceof CompletionException && error.getCause() != null) {
      error = error.getCause();
    }
    return error;
  }
}
