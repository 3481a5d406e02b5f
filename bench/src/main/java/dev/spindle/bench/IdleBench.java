// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What connections cost that have logged in and say nothing: the memory of the server's process.
 */
final class IdleBench {
  private static final int CONNECTIONS = 10_000;

  private final Options options;

  IdleBench(Options options) {
    this.options = options;
  }

  void run() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            options.java(),
            "-cp",
            System.getProperty("java.class.path"),
            IdleServer.class.getName());
    try (Peer server = new Peer(command);
        IdleClients clients = new IdleClients(Integer.parseInt(server.line()))) {
      clients.logIn(1);
      long alone = residentKib(server.pid());
      System.err.println("idle: " + CONNECTIONS + " connections log in");
      clients.logIn(CONNECTIONS - 1);
      String held = server.ask("count");
      long full = residentKib(server.pid());
      System.out.printf(
          Locale.ROOT,
          "%s idle logged-in connections: %.1f MiB resident; with one %.1f MiB; %.1f KiB each%n",
          held,
          full / 1024.0,
          alone / 1024.0,
          (double) (full - alone) / (CONNECTIONS - 1));
    }
  }

  /** Linux alone tells it. */
  private static long residentKib(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS of process " + pid);
  }
}
