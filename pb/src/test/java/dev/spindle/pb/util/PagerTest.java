// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import static dev.spindle.pb.util.Texts.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.MemoryLink;
import dev.spindle.pb.broker.RawPeer;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pager says, and when. Each hearing is what the network takes at once. */
class PagerTest {
  private final RawPeer peer = RawPeer.ofClient();
  private final RemoteReference collector = peer.gives("[remote 7]");
  private final TestSource source = new TestSource();

  @Test
  void eachPageIsWrittenWhenTheOneBeforeHasDrained() {
    Pager pager = Pager.start(collector, PageSource.bytes(bytes("abcdefghij"), 4));
    assertThat(peer.heard()).containsExactly("[message 2 7 gotPage 0 [tuple abcd] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[message 3 7 gotPage 0 [tuple efgh] [dictionary]]");
    assertThat(pager.done()).isNotDone();
    assertThat(peer.heard())
        .containsExactly(
            "[message 4 7 gotPage 0 [tuple ij] [dictionary]]",
            "[message 5 7 endedPaging 0 [tuple] [dictionary]]",
            "[decref 7]");
    assertThat(peer.heard()).isEmpty();
    assertThat(pager.done()).isCompleted();
  }

  @Test
  void anEmptyStringIsOnePageAndAnEmptyFileNone() {
    Pager.start(collector, PageSource.bytes(new byte[0]));
    assertThat(gist(peer.heard())).containsExactly("7 \"\"", "7 end");
    peer.heard();
    Pager.start(peer.gives("[remote 8]"), source.end());
    assertThat(gist(peer.heard())).containsExactly("8 end");
  }

  @Test
  void itIsDoneWhenItsEndHasDrainedToo() {
    Pager pager = Pager.start(collector, source.end());
    peer.link().runTasks();
    assertThat(pager.done()).isNotDone();
    assertThat(source.closes).isZero();
    peer.heard();
    peer.heard();
    assertThat(pager.done()).isCompleted();
    assertThat(source.closes).isEqualTo(1);
  }

  @Test
  void onePageIsAskedForInAdvanceAndNoMore() {
    Pager.start(collector, source.give("a").give("b").give("c").give("d"));
    assertThat(source.asks).isEqualTo(2);
    peer.link().runTasks();
    assertThat(source.asks).isEqualTo(2);
    peer.heard();
    peer.heard();
    assertThat(source.asks).isEqualTo(3);
  }

  @Test
  void pagersOfOneConnectionTakeTurns() {
    Pager.start(collector, PageSource.bytes(bytes("abcd"), 1));
    Pager.start(peer.gives("[remote 8]"), PageSource.bytes(bytes("123456"), 2));
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      heard.addAll(gist(peer.heard()));
    }
    assertThat(heard)
        .filteredOn(message -> !message.endsWith(" end"))
        .containsExactly("7 b", "8 \"12\"", "7 c", "8 \"34\"", "7 d", "8 \"56\"");
  }

  @Test
  void aSlowSourceDoesNotHoldUpAnotherPager() {
    Pager.start(collector, source);
    Pager.start(peer.gives("[remote 8]"), PageSource.bytes(bytes("ab"), 1));
    assertThat(gist(peer.heard())).containsExactly("8 a");
    assertThat(gist(peer.heard())).containsExactly("8 b", "8 end");
    source.give("late").end();
    assertThat(gist(peer.heard())).containsExactly("7 late", "7 end");
  }

  // ---- calls between pages ----

  private static final class Library implements Referenceable {
    @Nullable PageSource source;

    @Exposed
    Object echo(Object value) {
      return value;
    }

    @Exposed
    CompletionStage<@Nullable Void> page(RemoteReference collector) {
      return Pager.start(collector, java.util.Objects.requireNonNull(source)).done();
    }
  }

  @Test
  void aCallIsAnsweredBehindOnePageOfEachPager() {
    Library library = new Library();
    RawPeer client = RawPeer.ofServer(library);
    for (int each = 1; each <= 2; each++) {
      library.source = PageSource.bytes(bytes("x".repeat(100)), 1);
      client.says("[message " + each + " root page 1 [tuple [remote " + each + "]] [dictionary]]");
    }
    assertThat(client.heard()).hasSize(2);
    for (int request = 3; request < 90; request++) {
      client.says("[message " + request + " root echo 1 [tuple 5] [dictionary]]");
      List<String> heard = client.heard();
      assertThat(heard).hasSize(3).contains("[answer " + request + " 5]");
    }
  }

  // ---- ends that are none ----

  @Test
  void aSourceThatFailsLetsGoOfTheCollectorWithoutAnEnd() {
    Pager pager = Pager.start(collector, source.give("a").fail(new IOException("bad sector")));
    assertThat(peer.heard())
        .containsExactly("[message 2 7 gotPage 0 [tuple a] [dictionary]]", "[decref 7]");
    assertThat(peer.heard()).isEmpty();
    assertThat(failure(pager)).isInstanceOf(IOException.class).hasMessage("bad sector");
    assertThat(source.closes).isEqualTo(1);
  }

  @Test
  void aSourceThatThrowsFailsAsOneThatFails() {
    PageSource broken = PageSource.publisher(subscriber -> peer.link().broker().close(), 10);
    Pager silent = Pager.start(collector, broken);
    assertThat(silent.done()).isNotDone();
    PageSource thrower =
        PageSource.publisher(
            subscriber -> {
              throw new IllegalStateException("no subscribers please");
            },
            10);
    assertThat(failure(Pager.start(peer.gives("[remote 8]"), thrower)))
        .hasMessage("no subscribers please");
  }

  @Test
  void theCallThatBeganItFailsWithWhatTheSourceFailedWith(@TempDir Path folder) {
    Library library = new Library();
    library.source = PageSource.file(folder.resolve("missing"));
    RawPeer client = RawPeer.ofServer(library);
    client.says("[message 1 root page 1 [tuple [remote 1]] [dictionary]]");
    assertThat(client.heard())
        .containsExactly(
            "[error 1 !java.nio.file.NoSuchFileException: " + folder.resolve("missing") + "]",
            "[decref 1]");
  }

  @Test
  void closingItEndsTheTransferOnce() {
    Pager pager = Pager.start(collector, source.give("a").give("b"));
    peer.heard();
    pager.close();
    pager.close();
    assertThat(failure(pager))
        .isInstanceOf(CancellationException.class)
        .hasMessage("the pager was closed");
    assertThat(peer.heard()).containsExactly("[decref 7]");
    assertThat(source.closes).isEqualTo(1);
  }

  @Test
  void cancellingWhatSomebodyWaitsForClosesIt() {
    Pager pager = Pager.start(collector, source);
    pager.done().cancel(true);
    assertThat(source.closes).isEqualTo(1);
    source.give("late");
    assertThat(peer.heard()).containsExactly("[decref 7]");
  }

  @Test
  void closingItAfterItsEndChangesNothing() {
    Pager pager = Pager.start(collector, source.end());
    peer.heard();
    peer.heard();
    pager.close();
    assertThat(pager.done()).isCompletedWithValue(null);
    assertThat(source.closes).isEqualTo(1);
  }

  @Test
  void theEndOfTheConnectionClosesTheSource() {
    Pager pager = Pager.start(collector, source);
    peer.link().disconnect("cut");
    assertThat(failure(pager)).isInstanceOf(ConnectionLostException.class).hasMessage("cut");
    assertThat(source.closes).isEqualTo(1);
    Pager late = Pager.start(collector, new TestSource());
    assertThat(failure(late)).isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void aCollectorThatIsClosedMeanwhileEndsTheTransfer() {
    Pager pager = Pager.start(collector, source.give("a"));
    peer.heard();
    collector.close();
    source.give("b");
    peer.heard();
    assertThat(failure(pager))
        .isInstanceOf(DeadReferenceException.class)
        .hasMessageContaining("closed");
    assertThat(source.closes).isEqualTo(1);
  }

  @Test
  void aPageThatCannotBeSentFailsTheTransfer() {
    Pager pager = Pager.start(collector, PageSource.bytes(new byte[655_361], 655_361));
    assertThat(failure(pager))
        .isInstanceOf(UnsendableException.class)
        .hasMessageContaining("655361 bytes: at most 655360");
    assertThat(peer.heard()).containsExactly("[decref 7]");
  }

  @Test
  void anEndpointThatWasClosedPagesNothing() {
    peer.link().closeEndpoint();
    Pager[] pager = new Pager[1];
    Thread other = new Thread(() -> pager[0] = Pager.start(collector, source));
    other.start();
    assertThatThrownBy(
            () -> {
              other.join();
              pager[0].done().join();
            })
        .hasCauseInstanceOf(DeadReferenceException.class);
    assertThat(source.closes).isEqualTo(1);
  }

  @Test
  void beforeTheHandshakeOnePageWaitsAndNoMore() {
    MemoryLink link = new MemoryLink(Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of());
    Pager.start(link.broker().root(), source.give("a").give("b").give("c"));
    link.runTasks();
    assertThat(link.sent()).isEmpty();
    assertThat(source.asks).isEqualTo(2);
  }

  @Test
  void waitingForItOnTheThreadThatCarriesItIsRefused() {
    Pager pager = Pager.start(collector, source);
    assertThatThrownBy(() -> pager.done().join())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("waiting for a transfer on the thread that carries it");
    assertThatThrownBy(() -> pager.done().get()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void pagesHaveASize() {
    assertThatThrownBy(() -> PageSource.bytes(new byte[1], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pages of 0 bytes: at least 1");
  }

  private static Throwable failure(Pager pager) {
    CompletableFuture<?> done = pager.done();
    assertThat(done).isCompletedExceptionally();
    return done.handle((nothing, error) -> error).join();
  }

  /** Pages as the collector's number and what is in them. */
  private static List<String> gist(List<String> messages) {
    return messages.stream()
        .filter(message -> !message.startsWith("[decref"))
        .map(
            message ->
                message
                    .replaceAll("\\[message \\d+ (\\d+) gotPage 0 \\[tuple (.*)\\] .*", "$1 $2")
                    .replaceAll("\\[message \\d+ (\\d+) endedPaging 0 .*", "$1 end"))
        .toList();
  }
}
