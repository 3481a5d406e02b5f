// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.cred.AnonymousChecker;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Portal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A server with logins: prints its port, answers each line with how many connections it has, and
 * ends with its input.
 */
final class IdleServer {
  private IdleServer() {}

  private static final class Desk implements Referenceable {
    @Exposed
    void rest() {}
  }

  public static void main(String[] args) throws Exception {
    Portal portal =
        Portal.of(
            login -> CompletableFuture.completedFuture(Avatar.of(new Desk())),
            new AnonymousChecker());
    try (PbServer server = PbServer.at("tcp:host=127.0.0.1:port=0").portal(portal).start()) {
      System.out.println(server.address().getPort());
      BufferedReader questions =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
      while (questions.readLine() != null) {
        System.out.println(server.connectionCount());
      }
    }
  }
}
