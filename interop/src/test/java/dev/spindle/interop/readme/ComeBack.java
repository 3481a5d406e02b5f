// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.ReconnectListener;
import dev.spindle.pb.ReconnectingClient;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.pb.cred.Realm;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The page on a client that comes back. */
final class ComeBack {
  record Account(String name) {
    @Exposed
    String greet(String text) {
      return text + " " + name;
    }

    @Exposed
    Queue register(String worker) {
      return new Queue(worker);
    }

    @Exposed
    CompletionStage<String> hangUp(PbConnection connection) {
      connection.close();
      return new CompletableFuture<>(); // whose answer never comes
    }
  }

  record Queue(String worker) implements Referenceable {
    @Exposed
    String whose() {
      return "the queue of " + worker;
    }
  }

  static final class Mind implements Referenceable {}

  // [begin client]
  static ReconnectingClient start(String endpoint, String secret) throws IOException {
    return PbClient.to(endpoint)
        .callDeadline(Duration.ofSeconds(30)) // the settings of each connection
        .reconnecting()
        .login(Credentials.password("ada", secret), new Mind()) // or nothing, for the root object
        .listener(new Registration())
        .start(); // does not wait
  }

  // [end client]

  // [begin listener]
  static final class Registration implements ReconnectListener {
    @Override
    public void connected(RemoteReference target) {
      RemoteReference queue = (RemoteReference) target.call("register", "w1").join();
      System.out.println("registered: " + queue.call("whose").join());
    }
  }

  // [end listener]

  // [begin run]
  static void run(ReconnectingClient client) {
    System.out.println(client.target().call("greet", "hello").join()); // waits for a connection
    try {
      client.target().call("hangUp").join(); // the server ends the connection
    } catch (CompletionException e) {
      if (e.getCause() instanceof ConnectionLostException) {
        System.out.println("lost, and not made again");
      } else {
        throw e;
      }
    }
    System.out.println(client.target().call("greet", "welcome back").join());
  }

  // [end run]

  // [begin face]
  interface Greeter {
    String greet(String text);
  }

  static void runByInterface(ReconnectingClient client) {
    Greeter ada = client.target().as(Greeter.class); // once, for all connections
    System.out.println(ada.greet("by interface"));
  }

  // [end face]

  public static void main(String[] args) throws Exception {
    if (args[0].equals("serve")) {
      Realm realm =
          login -> CompletableFuture.completedFuture(Avatar.of(new Account(login.avatarId())));
      Portal portal = Portal.of(realm, PasswordChecker.of(Map.of("ada", "sesame")));
      try (PbServer server = PbServer.at(args[1]).portal(portal).start()) {
        Serving.untilStopped(server);
      }
    }
    try (ReconnectingClient client = start(args[1], "sesame")) {
      run(client);
      runByInterface(client);
    }
  }

  private ComeBack() {}
}
