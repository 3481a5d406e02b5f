// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.PbBuilder;
import dev.spindle.pb.banana.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** The peers of a whole run: one process a dialect, shared by all tests, killed at the end. */
final class TwistedPeers implements AutoCloseable {
  private final Map<Dialect, TwistedPeer> peers = new EnumMap<>(Dialect.class);
  private final AtomicInteger lastNumber = new AtomicInteger();

  private final Path folder;
  private final Wiring wiring;

  TwistedPeers() {
    try {
      folder = Files.createTempDirectory("peers");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wiring = new Wiring(Wiring.Kind.ofRun(), folder);
    if (wiring.kind() == Wiring.Kind.TLS) {
      speaking(Dialect.PB).command(null, "make_certificates", folder.toString());
    }
  }

  /** What scenarios run over unless they say otherwise. */
  Wiring wiring() {
    return wiring;
  }

  synchronized TwistedPeer speaking(Dialect dialect) {
    return peers.computeIfAbsent(dialect, TwistedPeer::start);
  }

  /** A fresh connection, on which both sides hold each other's lab. */
  Meeting meet(Pairing pairing) throws Exception {
    return meet(pairing, settings -> {});
  }

  /** The same, with settings of our own end. */
  Meeting meet(Pairing pairing, Consumer<PbBuilder<?>> settings) throws Exception {
    return meet(pairing, wiring, settings);
  }

  /** The same over a transport of the test's choice. */
  Meeting meet(Pairing pairing, Wiring over, Consumer<PbBuilder<?>> settings) throws Exception {
    return Meeting.begin(pairing, speaking(pairing.dialect), nextNumber(), over, settings);
  }

  int nextNumber() {
    return lastNumber.incrementAndGet();
  }

  private synchronized String stderr() {
    StringBuilder all = new StringBuilder();
    peers.values().forEach(peer -> all.append(peer.stderr()));
    return all.toString();
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    peers.values().forEach(TwistedPeer::close);
    for (Path path : list()) {
      Files.deleteIfExists(path);
    }
    Files.delete(folder);
  }

  /** Gives tests the peers, and their standard error to failures. */
  static final class Extension implements ParameterResolver, InvocationInterceptor {
    private static TwistedPeers peers(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(TwistedPeers.class))
          .getOrComputeIfAbsent("peers", key -> new TwistedPeers(), TwistedPeers.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TwistedPeers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return peers(context);
    }

    @Override
    public void interceptTestTemplateMethod(
        Invocation<@Nullable Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      try {
        invocation.proceed();
      } catch (Throwable failure) {
        failure.addSuppressed(new AssertionError(peers(context).stderr()));
        throw failure;
      }
    }
  }
}
