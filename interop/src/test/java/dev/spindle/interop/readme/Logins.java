// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.pb.cred.Realm;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

final class Logins {
  private static final CountDownLatch LEFT = new CountDownLatch(1);

  // [begin server]
  /** A perspective: what one user may call. */
  record Account(String user, RemoteReference mind) {
    @Exposed
    String whoAmI() {
      return user;
    }

    @Exposed
    CompletionStage<String> confirm(String what) {
      return mind.call("ask", "really " + what + "?").thenApply(answer -> what + ": " + answer);
    }
  }

  static PbServer serve(String endpoint) throws Exception {
    Realm realm =
        login -> {
          String user = login.avatarId();
          Account account = new Account(user, login.mind().orElseThrow());
          return CompletableFuture.completedFuture(new Avatar(account, () -> left(user)));
        };
    Portal portal = Portal.of(realm, PasswordChecker.of(Map.of("alice", "sesame")));
    return PbServer.at(endpoint).portal(portal).start();
  }

  // [end server]

  static void left(String user) {
    System.out.println(user + " left");
    LEFT.countDown();
  }

  // [begin client]
  static final class Mind implements Referenceable {
    @Exposed
    String ask(String question) {
      System.out.println(question);
      return "yes";
    }
  }

  static void run(PbClient client) {
    RemoteReference me = client.login(Credentials.password("alice", "sesame"), new Mind()).join();
    System.out.println(me.call("whoAmI").join());
    System.out.println(me.call("confirm", "delete").join());
    me.close(); // logs out, as the end of the connection would
  }

  // [end client]

  public static void main(String[] args) throws Exception {
    try (PbServer server = serve("tcp:port=0");
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      run(client);
      LEFT.await();
    }
  }

  private Logins() {}
}
