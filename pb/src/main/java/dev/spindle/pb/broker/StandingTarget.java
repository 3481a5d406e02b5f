// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.Types;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What takes the calls of an interface and outlives connections: it stands for one reference after
 * the other. For the layer above; a program has no use for it.
 *
 * <p>Thread: any.
 */
public interface StandingTarget {

  /**
   * Makes a call, now or when there is a connection.
   *
   * @param method its name
   * @param calling makes it on the reference that there is then
   */
  CompletableFuture<@Nullable Object> call(
      String method, Function<RemoteReference, CompletableFuture<@Nullable Object>> calling);

  /** Whether the caller is on a thread that reads answers, and must not wait for one. */
  boolean isConnectionThread();

  /**
   * The target, to be called by the methods of an interface, as {@link RemoteReference#as} has it;
   * {@code close()} does nothing.
   *
   * @throws IllegalArgumentException when the interface cannot be called: names it, the method and
   *     the type
   */
  static <T> T as(Class<T> face, Types types, StandingTarget target) {
    RemoteInterface called = MethodTables.of(types).called(face);
    return face.cast(called.proxyOf(new StandingProxy(called, target)));
  }
}
