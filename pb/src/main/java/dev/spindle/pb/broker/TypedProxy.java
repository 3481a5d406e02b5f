// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.RemoteObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An interface over a reference. Thread: any. */
final class TypedProxy extends ProxyTarget implements RemoteObject.Handler {
  private final RemoteReference reference;

  TypedProxy(RemoteInterface face, RemoteReference reference) {
    super(face, reference);
    this.reference = reference;
  }

  @Override
  public RemoteReference remote() {
    return reference;
  }

  @Override
  CompletableFuture<@Nullable Object> begin(
      TypedMethod method,
      @Nullable Object[] args,
      Map<String, ? extends @Nullable Object> keywords) {
    return method.begin(reference, args, keywords);
  }

  @Override
  boolean isConnectionThread() {
    return reference.broker().isConnectionThread();
  }

  @Override
  void close() {
    reference.close();
  }
}
