// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.broker.ReferenceCounts;
import dev.spindle.pb.broker.RemoteReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

@AgainstTwisted("Reference counts")
class CountsTest {
  private static final int MANY = 100;

  private final TwistedPeers peers;

  CountsTest(TwistedPeers peers) {
    this.peers = peers;
  }

  @Scenario("references that are closed, and all that Python drops, leave both tables empty")
  void closed(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      exchange(meeting).forEach(RemoteReference::close);
      letGo(meeting);
      meeting.theirs().close();
      meeting.dropTheirs();
      awaitEmpty(meeting, pairing);
    }
  }

  @Scenario("references that are only forgotten leave both tables empty")
  void forgotten(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      exchange(meeting);
      letGo(meeting);
      meeting.dropTheirs();
      awaitEmpty(meeting, pairing);
    }
  }

  @Scenario("an object that was let go may come again")
  void again(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      for (int i = 0; i < 3; i++) {
        RemoteReference thing = (RemoteReference) meeting.call("thing", "x");
        assertThat(Meeting.await(thing.call("ping"))).isEqualTo("pong");
        thing.close();
        assertThat(meeting.call("echo", meeting.lab().thing("y")))
            .isSameAs(meeting.lab().thing("y"));
      }
    }
  }

  @Scenario("references inside arguments and answers that are refused are paid back")
  void refused(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      for (int i = 0; i < 10; i++) {
        meeting.twistedCalls("echo", "([thing('a'), Stranger(), thing('b')],)");
        meeting.twistedCalls("nothing", "(thing('c'),)");
        meeting.twistedCalls("join", "('a', 1, 'c', thing('d'))");
        meeting.twistedCalls("join", "('a', 1)", "{'x': thing('e')}");
      }
      letGo(meeting);
      meeting.dropTheirs();
      awaitEmpty(meeting, pairing);
    }
  }

  /** Leaves objects of each side with the other, several times over. */
  private static List<RemoteReference> exchange(Meeting meeting) {
    List<RemoteReference> theirs = new ArrayList<>();
    List<@Nullable Object> mine = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      theirs.add((RemoteReference) meeting.call("thing", "t" + i));
      mine.add(new Thing("m" + i));
    }
    meeting.call("keep", mine.toArray());
    meeting.call("keep", theirs.toArray());
    assertThat(meeting.call("echo", mine)).isEqualTo(mine);
    assertThat(meeting.call("echo", theirs)).isEqualTo(theirs);
    meeting.twistedCalls("keep", "[thing('t%d' % n) for n in range(10)] * 2");
    meeting.twistedCalls("echo", "([thing('t%d' % n) for n in range(10)],)");
    for (int i = 0; i < 10; i++) {
      meeting.twisted("call_and_keep", "r" + i, "thing", "('j%d',)".formatted(i));
    }

    assertThat(meeting.broker().referenceCounts().exported()).isGreaterThan(MANY);
    assertThat(meeting.twisted("counts").get("exported").asInt()).isGreaterThanOrEqualTo(MANY);
    return theirs;
  }

  /** Both sides let go of everything but each other's lab. */
  static void letGo(Meeting meeting) {
    meeting.call("dropKept");
    meeting.twistedCalls("dropKept", "()");
    meeting.lab().forgetThings();
    meeting.twisted("drop_everything");
  }

  /** Waits until neither side has anything of the other's. */
  static void awaitEmpty(Meeting meeting, Pairing pairing) {
    int names = pairing.javaListens ? 1 : 0;
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              System.gc();
              JsonNode twisted = meeting.twisted("counts");
              assertThat(twisted.toString())
                  .isEqualTo("{\"exported\":0,\"numbers\":0,\"imported\":0}");
              assertThat(meeting.broker().referenceCounts())
                  .isEqualTo(new ReferenceCounts(names, 0));
            });
  }
}
