// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * An echo server of the contestant that is named, on a free port, which it prints. Answers each
 * line of its input with what it has used so far, and ends when its input does. Spindle's has as
 * many threads as a second argument says.
 */
final class EchoServer {
  private EchoServer() {}

  /** A server that runs. */
  record Running(int port, Runnable end) {}

  public static void main(String[] args) throws Exception {
    Running running =
        switch (Contestant.of(args[0])) {
          case SPINDLE -> SpindleEcho.Server.start(args);
          case GRPC -> GrpcEcho.startServer();
          case NETTY -> NettyEcho.startServer();
          case TWISTED -> throw new IllegalArgumentException("Twisted has a server of its own");
        };
    System.out.println(running.port());
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    while (questions.readLine() != null) {
      System.out.println(Usage.now().line());
    }
    running.end().run();
  }
}
