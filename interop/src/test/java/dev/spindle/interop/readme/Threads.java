// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class Threads {
  // [begin server]
  static final class Archive implements Referenceable {
    @Exposed
    int add(int a, int b) { // on the connection's thread: quick, must not block
      return a + b;
    }

    @Exposed(blocking = true)
    String firstLine(String file) throws IOException { // on a thread of its own: may block
      try (var lines = Files.lines(Path.of(file))) {
        return lines.findFirst().orElse("");
      }
    }

    @Exposed(blocking = true)
    String ask(RemoteReference whom) { // may wait for calls of its own, too
      return "they say " + whom.call("reply").join();
    }
  }

  // [end server]

  static final class Voice implements Referenceable {
    @Exposed
    String reply() {
      return "hello";
    }
  }

  public static void main(String[] args) throws Exception {
    Path file = Files.writeString(Path.of(args[0]), "one line\nand another\n");
    try (PbServer server = PbServer.at("tcp:port=0").root(new Archive()).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      System.out.println(client.root().call("add", 1, 2).join());
      System.out.println(client.root().call("firstLine", file.toString()).join());
      System.out.println(client.root().call("ask", new Voice()).join());
    }
  }

  private Threads() {}
}
