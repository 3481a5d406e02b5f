// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import static dev.spindle.pb.util.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.RawPeer;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.Traffic;
import dev.spindle.pb.vectors.Notation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a collector makes of what the other side says. */
class PageCollectorTest {
  private final RawPeer peer = RawPeer.ofClient();

  private CompletableFuture<byte[]> getAllPages(String... args) {
    CompletableFuture<byte[]> pages =
        Paging.getAllPages(peer.broker().root(), "file", (Object[]) args);
    peer.heard();
    return pages;
  }

  @Test
  void theCallHasTheCollectorBeforeTheOtherArguments() {
    Paging.getAllPages(peer.broker().root(), "file", "name", 5);
    assertThat(peer.heard())
        .containsExactly("[message 1 root file 1 [tuple [remote 1] u\"name\" 5] [dictionary]]");
  }

  @Test
  void whatCameInPagesIsTheWhole() {
    CompletableFuture<byte[]> pages = getAllPages();
    peer.says(page(1, "abc"), "[answer 1 [None]]", page(1, ""), page(1, "list"));
    assertThat(pages).isNotDone();
    peer.says(end(1), "[decref 1]");
    assertThat(text(pages.join())).isEqualTo("abclist");
    assertThat(peer.heard()).as("nothing is said back").isEmpty();
    assertThat(peer.broker().referenceCounts().exported()).isZero();
  }

  @Test
  void itMayEndBeforeTheAnswerOrWithoutOne() {
    CompletableFuture<byte[]> pages = getAllPages();
    peer.says(page(1, "abc"), end(1), "[decref 1]");
    assertThat(text(pages.join())).isEqualTo("abc");
    peer.says(error(1, "a.Late"));
    assertThat(text(pages.join())).isEqualTo("abc");
  }

  @Test
  void aCollectorMayBePassedAsAnyArgument() {
    PageCollector<byte[]> collector = PageCollector.of(PageSink.bytes(), 100);
    peer.broker().root().call("file", "name", List.of(collector));
    peer.heard();
    peer.says(page(1, "abc"), end(1));
    assertThat(text(collector.done().join())).isEqualTo("abc");
  }

  // ---- failures ----

  @Test
  void anErrorOfTheCallFailsIt() {
    CompletableFuture<byte[]> pages = getAllPages();
    peer.says(page(1, "abc"), error(1, "a.Broken"));
    assertThat(failure(pages))
        .isInstanceOfSatisfying(
            RemoteException.class, error -> assertThat(error.type()).isEqualTo("a.Broken"));
    peer.says(page(1, "abc"), end(1), "[decref 1]");
    assertThat(peer.end()).isNull();
  }

  @Test
  void theErrorOfTheCallIsWaitedForWhenTheCollectorIsLetGoOfFirst() {
    CompletableFuture<byte[]> pages = getAllPages();
    peer.says(page(1, "abc"), "[decref 1]");
    assertThat(pages).isNotDone();
    peer.says(error(1, "a.Broken"));
    assertThat(failure(pages)).isInstanceOf(RemoteException.class).hasMessage("a.Broken: text");
  }

  @Test
  void aSenderThatLetsGoBeforeTheEndFailsIt() {
    CompletableFuture<byte[]> answeredFirst = getAllPages();
    peer.says(page(1, "abc"), "[answer 1 [None]]", "[decref 1]");
    assertThat(failure(answeredFirst))
        .isInstanceOf(PagingException.class)
        .hasMessage(
            "the other side let go of the collector after 1 pages and 3 bytes, without saying that"
                + " these were all");
    CompletableFuture<byte[]> answeredLast = getAllPages();
    peer.says("[decref 2]", "[answer 2 [None]]");
    assertThat(failure(answeredLast)).isInstanceOf(PagingException.class);
    assertThat(peer.end()).isNull();
  }

  @Test
  void theEndOfTheConnectionFailsIt() {
    CompletableFuture<byte[]> unanswered = getAllPages();
    CompletableFuture<byte[]> answered = getAllPages();
    CompletableFuture<byte[]> ended = getAllPages();
    peer.says("[answer 2 [None]]", page(2, "abc"), page(3, "abc"), end(3));
    peer.link().disconnect("cut");
    assertThat(failure(unanswered)).isInstanceOf(ConnectionLostException.class).hasMessage("cut");
    assertThat(failure(answered)).isInstanceOf(ConnectionLostException.class).hasMessage("cut");
    assertThat(text(ended.join())).isEqualTo("abc");
  }

  @Test
  void aCallThatCannotBeSentFailsIt() {
    assertThat(failure(Paging.getAllPages(peer.broker().root(), "file", new Object())))
        .isInstanceOf(UnsendableException.class);
  }

  @Test
  void moreThanTheLimitFailsIt() {
    PageCollector<byte[]> collector = PageCollector.of(PageSink.bytes(), 6);
    peer.broker().root().call("file", collector);
    peer.heard();
    peer.says(page(1, "abc"), page(1, "def"));
    assertThat(collector.done()).isNotDone();
    peer.says(page(1, "g"));
    assertThat(failure(collector.done()))
        .isInstanceOf(PagingException.class)
        .hasMessage("more than 6 bytes came, the most that may");
    assertThat(peer.end()).isNull();
  }

  @Test
  void whatIsNoPageFailsItAndIsNotLeftOut() {
    for (String wrong :
        List.of("u\"text\"", "[None]", "\"a\" \"b\"", "", "[samples.Unknown [dictionary]]")) {
      RawPeer other = RawPeer.ofClient();
      CompletableFuture<byte[]> pages = Paging.getAllPages(other.broker().root(), "file");
      other.heard();
      other.says("[message 1 1 gotPage 0 [tuple " + wrong + "] [dictionary]]", end(1));
      assertThat(failure(pages)).as(wrong).isInstanceOf(PagingException.class);
      assertThat(other.end()).isNull();
    }
  }

  @Test
  void theErrorNamesWhatCameInsteadOfAPage() {
    CompletableFuture<byte[]> pages = getAllPages();
    peer.says(page(1, "abc"), "[message 1 1 gotPage 0 [tuple u\"text\"] [dictionary]]");
    assertThat(failure(pages)).hasMessage("page 2 is of type String: expected bytes");
  }

  @Test
  void closingItThrowsAwayWhatStillComes() {
    PageCollector<byte[]> collector = PageCollector.of(PageSink.bytes(), 100);
    peer.broker().root().call("file", collector);
    peer.heard();
    peer.says(page(1, "abc"));
    collector.close();
    collector.close();
    peer.says(page(1, "abc"), end(1), "[decref 1]", "[answer 1 [None]]");
    assertThat(failure(collector.done()))
        .isInstanceOf(CancellationException.class)
        .hasMessage("the collector was closed");
  }

  @Test
  void oneThatHasServedBeginsNoOtherTransfer() {
    PageCollector<byte[]> once = PageCollector.of(PageSink.bytes(), 100);
    CompletableFuture<byte[]> first = Paging.collect(once, peer.broker().root(), "file");
    peer.heard();
    String why = "this collector has served its transfer: make another";
    assertThat(failure(Paging.collect(once, peer.broker().root(), "file")))
        .as("while it serves")
        .isInstanceOf(PagingException.class)
        .hasMessage(why);
    peer.says(page(1, "abc"), end(1));
    assertThat(failure(Paging.collect(once, peer.broker().root(), "file"))).hasMessage(why);
    assertThat(peer.heard()).as("nothing is called").isEmpty();
    assertThat(text(first.join())).as("the first is left alone").isEqualTo("abc");
  }

  @Test
  void oneThatWasAnArgumentBeforeBeginsNoTransferEither() {
    PageCollector<byte[]> collector = PageCollector.of(PageSink.bytes(), 100);
    peer.broker().root().call("file", collector);
    peer.heard();
    peer.says(page(1, "abc"));
    assertThat(failure(Paging.collect(collector, peer.broker().root(), "file")))
        .hasMessageContaining("make another");
    peer.says(end(1));
    assertThat(text(collector.done().join())).isEqualTo("abc");
  }

  @Test
  void aNullInThePlaceOfTheArgumentsIsOneNone() {
    Paging.getAllPages(peer.broker().root(), "file", (Object[]) null);
    assertThat(peer.heard())
        .containsExactly("[message 1 root file 1 [tuple [remote 1] [None]] [dictionary]]");
  }

  @Test
  void itServesOneConnection() {
    PageCollector<byte[]> collector = PageCollector.of(PageSink.bytes(), 100);
    RawPeer other = RawPeer.ofClient();
    Paging.collect(collector, peer.broker().root(), "file");
    other.broker().root().call("file", collector);
    other.heard();
    other.says(page(1, "abc"));
    assertThat(failure(collector.done())).hasMessageContaining("second connection");
  }

  @Test
  void noPageIsRefusedForWantOfRoomForCalls() {
    RawPeer busy = RawPeer.ofClient(BrokerSettings.DEFAULT.withMaxCallsInFlight(1));
    busy.broker().root().call("meet", new Late());
    CompletableFuture<byte[]> pages = Paging.getAllPages(busy.broker().root(), "file");
    busy.heard();
    busy.says("[message 1 1 later 1 [tuple] [dictionary]]", page(2, "abc"), page(2, "d"), end(2));
    busy.says("[message 5 1 later 1 [tuple] [dictionary]]");
    assertThat(busy.heard()).singleElement().asString().startsWith("[error 5 !");
    assertThat(text(pages.join())).isEqualTo("abcd");
  }

  private static final class Late implements Referenceable {
    @Exposed
    CompletableFuture<Object> later() {
      return new CompletableFuture<>();
    }
  }

  // ---- back-pressure ----

  private static final int PAGE = 256 * 1024;

  /** A connection whose sinks get time when a test gives it. */
  private static final class Slow {
    final Queue<Runnable> due = new ArrayDeque<>();
    final RawPeer peer = RawPeer.ofClient(BrokerSettings.DEFAULT.withBlocking(due::add));
    final List<Integer> taken = new ArrayList<>();

    PageCollector<Long> collector() {
      PageCollector<Long> collector =
          PageCollector.of(PageSink.each(page -> taken.add(page.size())), Long.MAX_VALUE);
      Paging.collect(collector, peer.broker().root(), "file");
      peer.heard();
      return collector;
    }

    void says(int collector, int size) {
      peer.saysExpression(
          BananaList.of(
              ByteString.utf8("message"),
              1L,
              (long) collector,
              ByteString.utf8("gotPage"),
              0L,
              BananaList.of(ByteString.utf8("tuple"), ByteString.copyOf(new byte[size])),
              Notation.read("[dictionary]")));
    }

    boolean reads() {
      return peer.link().isReading();
    }

    void taskRuns() {
      due.remove().run();
      peer.link().runTasks();
    }
  }

  @Test
  void aSinkThatIsSlowerThanTheNetworkStopsReading() {
    Slow slow = new Slow();
    slow.collector();
    long arrived = 0;
    while (slow.reads()) {
      slow.says(1, PAGE);
      arrived += PAGE + Intake.PAGE_OVERHEAD_BYTES;
    }
    assertThat(arrived)
        .isGreaterThanOrEqualTo(Traffic.MAX_BACKLOG_BYTES)
        .isLessThan(Traffic.MAX_BACKLOG_BYTES + PAGE + Intake.PAGE_OVERHEAD_BYTES);
    slow.taskRuns();
    assertThat(slow.taken).as("the first, which it was given alone").hasSize(1);
    assertThat(slow.reads()).isFalse();
    slow.taskRuns();
    assertThat(slow.taken).hasSize(16);
    assertThat(slow.reads()).isTrue();
  }

  @Test
  void emptyPagesCountToo() {
    Slow slow = new Slow();
    slow.collector();
    int pages = 0;
    while (slow.reads()) {
      slow.says(1, 0);
      pages++;
    }
    assertThat(pages).isEqualTo((int) (Traffic.MAX_BACKLOG_BYTES / Intake.PAGE_OVERHEAD_BYTES));
  }

  @Test
  void allTransfersOfAConnectionShareOneBacklog() {
    Slow slow = new Slow();
    slow.collector();
    slow.collector();
    int pages = 0;
    while (slow.reads()) {
      slow.says(1 + pages % 2, PAGE);
      pages++;
    }
    assertThat(pages).isEqualTo(16);
  }

  @Test
  void whatATransferThatFailsLeavesIsNoBacklog() {
    Slow slow = new Slow();
    PageCollector<Long> collector = slow.collector();
    while (slow.reads()) {
      slow.says(1, PAGE);
    }
    collector.close();
    assertThat(slow.reads()).isTrue();
    while (!slow.due.isEmpty()) {
      slow.taskRuns();
    }
    assertThat(collector.done()).isCompletedExceptionally();
    for (int i = 0; i < 20; i++) {
      slow.says(1, PAGE);
    }
    assertThat(slow.reads()).as("and so is what comes later").isTrue();
    assertThat(slow.taken).as("but for what it had been given").containsExactly(PAGE);
  }

  @Test
  void callsThatWaitForPagesDoNotKeepThemFromComing() {
    RawPeer full = RawPeer.ofClient(BrokerSettings.DEFAULT.withMaxCallsInFlight(1));
    Uploads uploads = new Uploads();
    full.broker().root().call("meet", uploads);
    full.heard();
    full.says("[answer 1 [None]]", "[message 1 1 upload 1 [tuple [remote 5]] [dictionary]]");
    assertThat(full.heard())
        .containsExactly("[message 2 5 page 1 [tuple [remote 2]] [dictionary]]");
    full.says("[answer 2 [None]]", page(2, "abc"));
    assertThat(full.link().isReading()).isTrue();
    full.says(end(2));
    assertThat(full.heard()).containsExactly("[answer 1 3]");
    assertThat(full.link().isReading()).isTrue();
  }

  private static final class Uploads implements Referenceable {
    @Exposed
    CompletableFuture<Long> upload(RemoteReference sender) {
      return Paging.collect(PageCollector.of(PageSink.each(page -> {}), 10), sender, "page");
    }
  }

  @Test
  void readingStopsEvenWhileAnAnswerIsAwaited() {
    Slow slow = new Slow();
    slow.peer.broker().root().call("question");
    slow.collector();
    for (int i = 0; i < 16; i++) {
      slow.says(1, PAGE);
    }
    assertThat(slow.reads()).isFalse();
    slow.taskRuns();
    slow.taskRuns();
    assertThat(slow.reads()).isTrue();
  }

  @Test
  void theLastPagesAreTakenBeforeItIsDone() {
    Slow slow = new Slow();
    PageCollector<Long> collector = slow.collector();
    slow.says(1, 10);
    slow.says(1, 20);
    slow.peer.says(end(1), "[decref 1]", "[answer 1 [None]]");
    slow.peer.link().disconnect("cut");
    assertThat(collector.done()).isNotDone();
    while (!slow.due.isEmpty()) {
      slow.taskRuns();
    }
    assertThat(collector.done()).isCompletedWithValue(30L);
    assertThat(slow.taken).containsExactly(10, 20);
  }

  private static String page(int collector, String content) {
    return "[message 1 " + collector + " gotPage 0 [tuple \"" + content + "\"] [dictionary]]";
  }

  private static String error(int request, String type) {
    return "[error "
        + request
        + " [twisted.spread.pb.CopyableFailure [dictionary [u\"type\" \""
        + type
        + "\"] [u\"value\" u\"text\"]]]]";
  }

  private static String end(int collector) {
    return "[message 1 " + collector + " endedPaging 0 [tuple] [dictionary]]";
  }

  private static Throwable failure(CompletableFuture<?> done) {
    assertThat(done).isCompletedExceptionally();
    return done.handle((nothing, error) -> error).join();
  }
}
