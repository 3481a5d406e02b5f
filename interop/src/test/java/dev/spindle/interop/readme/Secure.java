// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.CertificateChecker;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.Portal;
import java.util.concurrent.CompletableFuture;

final class Secure {
  private Secure() {}

  // [begin server]
  record Member(String name) {
    @Exposed
    String whoAmI() {
      return name;
    }
  }

  /** Endpoint: {@code tls:port=8787:cert=me.pem:key=me.key:trust=ca.pem}. */
  static PbServer serve(String endpoint) throws Exception {
    Portal portal =
        Portal.of(
            login -> CompletableFuture.completedFuture(Avatar.of(new Member(login.avatarId()))),
            CertificateChecker.byCommonName());
    return PbServer.at(endpoint).portal(portal).start();
  }

  // [end server]
  // [begin client]
  /** Endpoint: {@code tls:host=localhost:port=8787:cert=my.pem:key=my.key:trust=ca.pem}. */
  static void visit(String endpoint) throws Exception {
    try (PbClient client = PbClient.connect(endpoint)) {
      RemoteReference me = client.login(Credentials.certificate(), null).join();
      System.out.println(me.call("whoAmI").join());
    }
  }

  // [end client]

  public static void main(String[] args) throws Exception {
    String form =
        "tls:host=localhost:port=%d:cert=%s/%s.cert.pem:key=%2$s/%3$s.key.pem:trust=%2$s/";
    String authority = "authority.cert.pem";
    try (PbServer server = serve(form.formatted(0, args[0], "localhost") + authority)) {
      visit(form.formatted(server.address().getPort(), args[0], "worker") + authority);
    }
  }
}
