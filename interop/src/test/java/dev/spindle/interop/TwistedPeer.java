// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spindle.pb.banana.Dialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Twisted program in a process of its own ({@code src/test/python/peer.py} or another with its
 * commands), commanded by lines of JSON on its standard input and output, so that what is under
 * test is not also what carries the test's orders.
 *
 * <p>Thread: any.
 */
public final class TwistedPeer implements AutoCloseable {
  static final String PYTHON = System.getProperty("spindle.python", "/usr/bin/python3");

  static final String MEND =
      "these tests need Python 3 with Twisted as " + PYTHON + ": apt-get install python3-twisted";

  private static final long PATIENCE_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Writer commands;
  private final StderrTail stderr;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final CompletableFuture<JsonNode> hello = new CompletableFuture<>();

  private TwistedPeer(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.US_ASCII);
    this.stderr = new StderrTail(process);
    Thread reader = new Thread(this::read, "twisted-peer-reader");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a peer that knows one dialect only.
   *
   * @throws AssertionError when it does not come up, with its standard error and the mend
   */
  static TwistedPeer start(Dialect dialect, String... interpreterOptions) {
    List<String> arguments = new ArrayList<>(List.of(interpreterOptions));
    arguments.addAll(List.of("src/test/python/peer.py", dialect.wireName().utf8()));
    return start(arguments);
  }

  /** Starts another program that takes commands as {@code peer.py} does. */
  public static TwistedPeer start(List<String> interpreterArguments) {
    List<String> command = new ArrayList<>(List.of(PYTHON, "-u", "-B"));
    command.addAll(interpreterArguments);
    try {
      TwistedPeer peer = new TwistedPeer(new ProcessBuilder(command).start());
      peer.await(peer.hello, "to begin");
      return peer;
    } catch (IOException e) {
      throw new AssertionError(MEND, e);
    }
  }

  /**
   * Gives a command and waits for the outcome.
   *
   * @param on the number of the connection that it is about, or null
   * @throws AssertionError when it breaks or takes too long, with the peer's standard error
   */
  public JsonNode command(@Nullable Integer on, String name, Object... args) {
    return await(begin(on, name, args), "to do '" + name + "'");
  }

  private CompletableFuture<JsonNode> begin(@Nullable Integer on, String name, Object... args) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    waiting.put(id, reply);
    Map<String, @Nullable Object> command = new HashMap<>();
    command.put("id", id);
    command.put("on", on);
    command.put("do", name);
    command.put("args", args);
    try {
      String line = JSON.writer().with(ASCII).writeValueAsString(command);
      synchronized (commands) {
        commands.write(line + "\n");
        commands.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the peer takes no commands any more; it said:\n" + stderr, e);
    }
    return reply;
  }

  private static final com.fasterxml.jackson.core.JsonGenerator.Feature ASCII =
      com.fasterxml.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature();

  private JsonNode await(CompletableFuture<JsonNode> reply, String what) {
    try {
      return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage() + stderr(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(
          "the peer took more than " + PATIENCE_SECONDS + " s " + what + stderr(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the peer was " + what, e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reply(JSON.readTree(line));
      }
    } catch (IOException e) {
      hello.completeExceptionally(e);
    }
    stderr.awaitEnd();
    String mend = stderr.toString().contains("No module named 'twisted'") ? "; " + MEND : "";
    AssertionError gone = new AssertionError("the peer has ended" + mend);
    hello.completeExceptionally(gone);
    waiting.values().forEach(reply -> reply.completeExceptionally(gone));
  }

  private void reply(JsonNode message) {
    if (!message.has("id")) {
      hello.complete(message);
      return;
    }
    CompletableFuture<JsonNode> reply = waiting.remove(message.get("id").asInt());
    if (message.has("broken")) {
      reply.completeExceptionally(
          new AssertionError("at the peer: " + message.get("broken").asText()));
    } else {
      reply.complete(message.get("value"));
    }
  }

  /** What it said on its standard error, as the end of a message. */
  public String stderr() {
    return "\n--- the peer's standard error ---\n" + stderr;
  }

  /** Ends it at once, as a crash would. Safe to call twice. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
