// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One contestant: a server and a client in a process each. Both end with this process. */
final class Side implements AutoCloseable {
  private final Process server;
  private final Process client;
  private final BufferedReader results;
  private final Writer orders;
  private final String version;

  private Side(List<String> serverCommand, List<String> clientCommand) throws IOException {
    server = start(serverCommand);
    String port = line(server.inputReader(StandardCharsets.US_ASCII), serverCommand);
    List<String> dialling = new ArrayList<>(clientCommand);
    dialling.add(port);
    client = start(dialling);
    results = client.inputReader(StandardCharsets.US_ASCII);
    orders = client.outputWriter(StandardCharsets.US_ASCII);
    version = line(results, dialling);
  }

  static Side java(Options options) throws IOException {
    String classPath = System.getProperty("java.class.path");
    return new Side(
        List.of(options.java(), "-cp", classPath, EchoServer.class.getName()),
        List.of(options.java(), "-cp", classPath, EchoClient.class.getName()));
  }

  static Side twisted(Options options) throws IOException {
    return new Side(
        List.of(options.python(), "-B", "bench/python/echo_server.py"),
        List.of(options.python(), "-B", "bench/python/echo_client.py"));
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String line(BufferedReader from, Object who) throws IOException {
    String line = from.readLine();
    if (line == null) {
      throw new IOException(who + " ended; what it said is above");
    }
    return line;
  }

  /** What runs it. */
  String version() {
    return version;
  }

  /** Calls answered per second. */
  double measure(Payload payload, int inFlight, int millis) throws IOException {
    orders.write(payload.word() + " " + inFlight + " " + millis + "\n");
    orders.flush();
    return Double.parseDouble(line(results, "the client"));
  }

  @Override
  public void close() throws IOException {
    orders.close();
    server.getOutputStream().close();
    for (Process process : List.of(client, server)) {
      end(process);
    }
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
