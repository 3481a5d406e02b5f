// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerName;
import dev.spindle.forms.FarmErrors;
import dev.spindle.forms.WorkerInfoForm;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.RemoteReference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a worker may call once it is logged in. Source: HBQueue reference, "Connecting".
 *
 * <p>Thread: the PB connection's.
 */
final class WorkerPerspective {
  private final WorkerName name;
  private final HbQueueListener listener;
  private final PbConnection pb;
  private final AtomicReference<@Nullable HbConnection> attached = new AtomicReference<>();

  WorkerPerspective(WorkerName name, HbQueueListener listener, PbConnection pb) {
    this.name = name;
    this.listener = listener;
    this.pb = pb;
  }

  /** {@code register(client, info)}: answered with the worker's {@code HBQueue}. */
  @Exposed
  CompletionStage<HbQueue> register(RemoteReference client, Map<?, ?> info) {
    WorkerInfo told =
        WorkerInfoForm.read(info, HbQueueListener.WIRE, addressText(pb.remoteAddress()));
    if (!told.name().equals(name)) {
      return refused("logged in as '" + name + "' but registers as '" + told.name() + "'");
    }
    HbConnection connection = new HbConnection(told, client, pb, listener);
    if (!attached.compareAndSet(null, connection)) {
      return refused("'" + name + "' has registered on this connection already");
    }
    listener.opened(connection);
    CompletionStage<HbQueue> queue =
        listener
            .acceptor()
            .offer(connection)
            .thenApply(
                accepted -> {
                  connection.startKeepalive();
                  return connection.queue();
                });
    queue.whenComplete(
        (accepted, refusal) -> {
          if (refusal != null) {
            attached.set(null);
            listener.closed(connection);
          }
        });
    return FarmErrors.outward(queue);
  }

  private static String addressText(java.net.SocketAddress address) {
    return address instanceof java.net.InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : address.toString();
  }

  private static <T> CompletionStage<T> refused(String why) {
    return CompletableFuture.failedFuture(
        FarmErrors.toPb(new FarmException(FarmException.Code.INVALID, why)));
  }

  /** {@code goodbye()}: the worker leaves, and nothing of its jobs runs on. */
  @Exposed
  void goodbye() {
    HbConnection connection = attached.get();
    if (connection != null) {
      connection.saidGoodbye();
    }
  }
}
