// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches in values that nobody reads: counted by the other side, and paid back all the same. */
class UnreadCachesTest {
  private static final String POND = "[samples.Pond 7 [dictionary [u\"ducks\" [list u\"teal\"]]]]";

  private final Holder holder = new Holder();
  private final RawPeer peer =
      RawPeer.ofServer(holder, BrokerSettings.DEFAULT.withTypes(PondCopy.TYPES));

  private Stream<String> heard(String kind) {
    return peer.heard().stream().filter(message -> message.startsWith("[" + kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root absent 1 [tuple " + POND + "] [dictionary]",
        "99 echo 0 [tuple " + POND + "] [dictionary]",
        "root echo 1 [tuple " + POND + " [frobnicate]] [dictionary]",
        "root echo 1 [tuple [frobnicate " + POND + "]] [dictionary]",
        "root echo 1 [tuple] [dictionary [u\"a\" " + POND + "] [u\"b\" []]]",
        "root echo 1 [tuple []] [dictionary [u\"a\" " + POND + "]]",
      })
  void whatIsSentBehindARefusedFirstTimeMayCountOnIt(String call) {
    peer.says("[message 1 " + call + "]");
    assertThat(heard("decache")).containsExactly("[decache 7]");
    peer.says("[message 2 root echo 1 [tuple [cached 7]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 2 [lcache 7]]");
    peer.says("[cachemessage 3 7 added 1 [tuple u\"x\"] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 3 2]");
    peer.says("[uncache 7]");
    assertThat(peer.end()).isNull();
    assertThat(peer.broker().cacheCounts().imported()).isZero();
  }

  @Test
  void furtherMentionsAreEachPaid() {
    peer.says("[message 1 root hold 1 [tuple " + POND + "] [dictionary]]");
    peer.says(
        "[message 2 root absent 1 [tuple [cached 7] [list [cached 7]]] [dictionary]]",
        "[message 3 root echo 1 [tuple [cached 7] []] [dictionary [u\"a\" [cached 7]]]]");
    assertThat(heard("decache")).hasSize(4).containsOnly("[decache 7]");
    ((Cached) holder.held.get(0)).close();
    assertThat(heard("decache")).containsExactly("[decache 7]");
  }

  /** Nobody can read it: it is let go of, and its end is awaited. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[other.Pond 7 [list [remote 5] [other.Pond 8 1]]]",
        "[samples.Pond 7 [list [remote 5] [other.Pond 8 1]]]",
        "[samples.Pond 7 [list [samples.Pond 8 1] [remote 5]]]",
      })
  void oneThatCannotBeReadIsPaidWithEverythingInIt(String value) {
    peer.says("[message 1 root echo 1 [tuple " + value + "] [dictionary]]");
    List<String> paid = heard("dec").toList();
    assertThat(paid).containsExactlyInAnyOrder("[decache 7]", "[decache 8]", "[decref 5]");
    peer.says(
        "[cachemessage 2 7 added 1 [tuple] [dictionary]]",
        "[message 3 root echo 1 [tuple [cached 7]] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[error 2 !builtins.KeyError: 7]", "[decache 7]", "[error 3 !builtins.KeyError: 7]");
    peer.says("[uncache 7]", "[uncache 8]");
    assertThat(peer.end()).isNull();
    assertThat(peer.broker().cacheCounts().imported()).isZero();
    peer.says("[uncache 7]");
    assertThat(peer.end()).contains("unknown cache 7");
  }

  @Test
  void oneThatIsRefusedDoesNotSpoilItsNeighbour() {
    peer.says("[message 1 root echo 1 [tuple [other.Pond 8 1] " + POND + "] [dictionary]]");
    assertThat(heard("decache")).containsExactlyInAnyOrder("[decache 8]", "[decache 7]");
    peer.says("[message 2 root echo 1 [tuple [cached 7]] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[answer 2 [lcache 7]]");
  }

  @Test
  void anUnreadableAnswerIsPaidToo() {
    RawPeer server = RawPeer.ofClient(BrokerSettings.DEFAULT.withTypes(PondCopy.TYPES));
    server.broker().root().call("get");
    server.heard();
    server.says("[answer 1 [list " + POND + " [frobnicate]]]");
    assertThat(server.heard()).containsExactly("[decache 7]");
  }

  @Test
  void whatIsNoCacheIsNotPaid() {
    peer.says(
        "[message 1 root absent 1 [tuple [cached 9] [cached] [decimal 5 1] [reference 1 2]"
            + " [samples.Pond x 1] [samples.Pond 1 2 3] [dictionary [list 1 2]] [remote 1 2]"
            + " [lcache 1 2] [7 1 2]] [dictionary]]");
    assertThat(peer.heard().stream().filter(m -> !m.startsWith("[decref")))
        .singleElement()
        .asString()
        .contains("NoSuchMethod");
    assertThat(peer.broker().cacheCounts().imported()).isZero();
  }

  @Test
  void beyondTheLimitNothingIsNoted() {
    RawPeer small = RawPeer.ofServer(holder, BrokerSettings.DEFAULT.withMaxReferences(0));
    small.says("[message 1 root absent 1 [tuple [a 1 1] [a 2 1] [a 3 1]] [dictionary]]");
    assertThat(small.heard().stream().filter(m -> m.startsWith("[decache")))
        .containsExactly("[decache 1]");
    assertThat(small.broker().cacheCounts().imported()).isOne();
  }
}
