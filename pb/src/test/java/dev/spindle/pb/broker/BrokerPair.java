// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A client and a server joined in memory; all on the thread that made them. */
public final class BrokerPair {
  private final MemoryLink client;
  private final MemoryLink server;
  private boolean byteByByte;

  private BrokerPair(MemoryLink client, MemoryLink server) {
    this.client = client;
    this.server = server;
  }

  public static BrokerPair of(Referenceable root) {
    return of(root, Runnable::run);
  }

  public static BrokerPair of(Referenceable root, Executor blocking) {
    return of(root, BrokerSettings.DEFAULT.withBlocking(blocking));
  }

  public static BrokerPair of(Referenceable root, BrokerSettings settings) {
    return of(new MemoryLink(Broker.Role.SERVER, settings, Map.of("root", root)));
  }

  public static BrokerPair of(MemoryLink server) {
    return of(new MemoryLink(Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of()), server);
  }

  public static BrokerPair of(Referenceable root, BrokerSettings server, BrokerSettings client) {
    return of(
        new MemoryLink(Broker.Role.CLIENT, client, Map.of()),
        new MemoryLink(Broker.Role.SERVER, server, Map.of("root", root)));
  }

  public static BrokerPair of(MemoryLink client, MemoryLink server) {
    BrokerPair pair = new BrokerPair(client, server);
    pair.pump();
    return pair;
  }

  /** From now on each byte is delivered on its own. */
  public BrokerPair byteByByte() {
    byteByByte = true;
    return this;
  }

  public Broker client() {
    return client.broker();
  }

  public Broker server() {
    return server.broker();
  }

  public MemoryLink clientLink() {
    return client;
  }

  public MemoryLink serverLink() {
    return server;
  }

  /** Carries bytes to and fro and runs tasks until nothing moves any more. */
  public void pump() {
    boolean moved = true;
    while (moved) {
      moved = client.runTasks() | server.runTasks() | carry(client, server) | carry(server, client);
    }
  }

  /** Carries what the client has said so far, and nothing back. */
  public void carryToServer() {
    carry(client, server);
  }

  /** Carries what the server has said so far, and nothing back. */
  public void carryToClient() {
    carry(server, client);
  }

  private boolean carry(MemoryLink from, MemoryLink to) {
    if (!to.isReading() || !from.out().isReadable()) {
      return false;
    }
    to.receive(from.sent(), byteByByte);
    return true;
  }

  /** Ends the connection on both sides. */
  public void disconnect() {
    client.disconnect("cut");
    server.disconnect("cut");
  }

  /** The outcome of a call that must be there once everything has moved. */
  public @Nullable Object outcome(CompletableFuture<@Nullable Object> call) {
    pump();
    if (!call.isDone()) {
      throw new AssertionError("not answered");
    }
    return call.join();
  }

  /** Calls the server's root and gives the answer. */
  public @Nullable Object call(String method, @Nullable Object... args) {
    return outcome(client().root().call(method, args));
  }

  /** What a call of the server's root fails with. */
  public Throwable failure(String method, @Nullable Object... args) {
    CompletableFuture<@Nullable Object> call = client().root().call(method, args);
    pump();
    if (!call.isCompletedExceptionally()) {
      throw new AssertionError("not failed: " + call);
    }
    return call.handle((value, error) -> error).join();
  }
}
