// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One contestant: a server and a client in a process each. Both end with this process. */
final class Side implements AutoCloseable {
  private final Peer server;
  private final Peer client;
  private final String version;

  private Side(List<String> serverCommand, List<String> clientCommand) throws IOException {
    server = new Peer(serverCommand);
    List<String> dialling = new ArrayList<>(clientCommand);
    dialling.add(server.line());
    client = new Peer(dialling);
    version = client.line();
  }

  static Side of(Contestant contestant, Options options) throws IOException {
    return contestant == Contestant.TWISTED
        ? new Side(python("echo_server.py", options), python("echo_client.py", options))
        : new Side(
            java(EchoServer.class, contestant, options),
            java(EchoClient.class, contestant, options));
  }

  /** A client of ours at a server of theirs. */
  static Side javaWithTwisted(Options options) throws IOException {
    return new Side(
        python("echo_server.py", options), java(EchoClient.class, Contestant.SPINDLE, options));
  }

  /** A client of theirs at a server of ours. */
  static Side twistedWithJava(Options options) throws IOException {
    return new Side(
        java(EchoServer.class, Contestant.SPINDLE, options), python("echo_client.py", options));
  }

  private static List<String> java(Class<?> main, Contestant contestant, Options options) {
    return List.of(
        options.java(),
        "-cp",
        System.getProperty("java.class.path"),
        main.getName(),
        contestant.word());
  }

  private static List<String> python(String program, Options options) {
    return List.of(options.python(), "-B", "bench/python/" + program);
  }

  /** What runs the client. */
  String version() {
    return version;
  }

  Measured measure(Payload payload, int inFlight, int millis) throws IOException {
    Usage before = Usage.parse(server.ask("usage"));
    String[] words = client.ask(payload.word() + " " + inFlight + " " + millis).split(" ", 3);
    Usage served = Usage.parse(server.ask("usage")).since(before);
    long calls = Long.parseLong(words[0]);
    return new Measured(
        calls / Double.parseDouble(words[1]),
        Measured.PerCall.of(Usage.parse(words[2]), calls),
        Measured.PerCall.of(served, calls));
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
