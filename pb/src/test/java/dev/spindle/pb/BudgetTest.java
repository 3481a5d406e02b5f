// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.cred.AnonymousChecker;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Portal;
import dev.spindle.pb.vectors.Notation;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of whom. */
@Timeout(60)
class BudgetTest {
  private static final String CALL = "[message 1 root loginAnonymous 1 [tuple %s] [dictionary]]";

  private final Portal portal =
      Portal.of(
          login -> CompletableFuture.completedFuture(Avatar.of(new Desk())),
          new AnonymousChecker());

  private static String nested(int lists) {
    return "[list ".repeat(lists) + "]".repeat(lists);
  }

  private static String items(int count) {
    return "[list" + " 1".repeat(count - 1) + "]";
  }

  /** An argument that is refused for its kind, or answered, was read. */
  private static void assertRead(PbServer server, String message, boolean read) throws Exception {
    try (SocketPeer peer = SocketPeer.client(server)) {
      peer.say(message);
      assertThat(peer.hear().startsWith(read ? "[error 1 " : "end")).isTrue();
    }
  }

  /** The call has lists of 7, 2 and 1 elements, in two levels. */
  @ParameterizedTest
  @CsvSource({"30, 1, 0", "1, 1014, 0", "1, 1, 65400"})
  void littleIsReadBeforeALogin(int depth, int items, int bytes) throws Exception {
    try (PbServer server = server().portal(portal).start()) {
      assertThat(BananaLimits.BEFORE_LOGIN).isEqualTo(new BananaLimits(65_536, 32, 65_536, 1024));
      if (depth > 1) {
        assertRead(server, CALL.formatted(nested(depth)), true);
        assertRead(server, CALL.formatted(nested(depth + 1)), false);
      } else if (items > 1) {
        assertRead(server, CALL.formatted(items(items)), true);
        assertRead(server, CALL.formatted(items(items + 1)), false);
      } else {
        int rest = 65_536 - written(CALL.formatted("x".repeat(bytes))).length;
        assertRead(server, CALL.formatted("x".repeat(bytes + rest)), true);
        assertRead(server, CALL.formatted("x".repeat(bytes + rest + 1)), false);
      }
    }
  }

  private static byte[] written(String message) {
    return Feeding.written(Notation.read(message), Dialect.PB);
  }

  @Test
  void moreIsReadAfterALoginAndOnAServerWithoutLogins() throws Exception {
    String large = "[message 2 %s echo 1 [tuple " + items(70_000) + "] [dictionary]]";
    try (PbServer server = server().portal(portal).start();
        SocketPeer peer = SocketPeer.client(server)) {
      peer.say("[message 1 root loginAnonymous 1 [tuple [None]] [dictionary]]");
      assertThat(peer.hear()).isEqualTo("[answer 1 [remote 1]]");
      peer.say(large.formatted("1"));
      assertThat(peer.hear()).startsWith("[answer 2 [list ");
    }
    try (PbServer server = server().root(new Desk()).start();
        SocketPeer peer = SocketPeer.client(server)) {
      peer.say(large.formatted("root"));
      assertThat(peer.hear()).startsWith("[answer 2 [list ");
    }
  }

  @Test
  void bothAreSettings() throws Exception {
    BananaLimits before = new BananaLimits(1024, 16, 2048, 64);
    BananaLimits after = new BananaLimits(1024, 16, 4096, 128);
    try (PbServer server = server().portal(portal).limitsBeforeLogin(before).limits(after).start();
        SocketPeer peer = SocketPeer.client(server)) {
      assertRead(server, CALL.formatted(items(54)), true);
      assertRead(server, CALL.formatted(items(55)), false);
      peer.say("[message 1 root loginAnonymous 1 [tuple [None]] [dictionary]]");
      assertThat(peer.hear()).isEqualTo("[answer 1 [remote 1]]");
      peer.say("[message 2 1 echo 1 [tuple " + items(118) + "] [dictionary]]");
      assertThat(peer.hear()).startsWith("[answer 2 [list ");
      peer.say("[message 3 1 echo 1 [tuple " + items(119) + "] [dictionary]]");
      assertThat(peer.hear()).startsWith("[error 3 ").contains("at most 128 allowed");
    }
  }

  /** Somebody may want less of everybody than is read before a login by default. */
  @Test
  void whatIsReadBeforeIsNeverMoreThanAfter() throws Exception {
    BananaLimits small = new BananaLimits(1024, 16, 2048, 64);
    try (PbServer server = server().portal(portal).limits(small).start()) {
      assertRead(server, CALL.formatted(items(54)), true);
      assertRead(server, CALL.formatted(items(55)), false);
    }
  }
}
