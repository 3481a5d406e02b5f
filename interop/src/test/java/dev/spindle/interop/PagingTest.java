// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.Traffic;
import dev.spindle.pb.util.PageCollector;
import dev.spindle.pb.util.PageSink;
import dev.spindle.pb.util.Paging;
import dev.spindle.pb.util.PagingException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;

@AgainstTwisted("Paging")
class PagingTest {
  private static final int LARGE = 64 << 20;

  /** What kernels and Twisted keep for a connection at most, with room to spare. */
  private static final long IN_BETWEEN = 16L << 20;

  private final TwistedPeers peers;

  PagingTest(TwistedPeers peers) {
    this.peers = peers;
  }

  @Scenario("Twisted's StringPager and FilePager to Java, also with nothing in them")
  void fromTwisted(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteReference library = library(meeting);
      for (int size : new int[] {0, 1, 8192, 100_000}) {
        byte[] expected = Pattern.of(size).readAllBytes();
        assertThat(Meeting.await(Paging.getAllPages(library, "string", size, 8192)))
            .isEqualTo(expected);
        assertThat(Meeting.await(Paging.getAllPages(library, "file", size))).isEqualTo(expected);
      }
    }
  }

  @Scenario("Java's pagers to Twisted's getAllPages and CallbackPageCollector, page by page")
  void toTwisted(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      for (String how : new String[] {"get_all_pages", "callback_collector"}) {
        assertThat(page(meeting, how, "string", 100_000, 8192)).isEqualTo(digest(13, 100_000));
        assertThat(page(meeting, how, "string", 0, 8192)).isEqualTo(digest(1, 0));
        assertThat(page(meeting, how, "file", 100_000)).isEqualTo(digest(7, 100_000));
        assertThat(page(meeting, how, "file", 0)).isEqualTo(digest(0, 0));
      }
    }
  }

  @Scenario("64 MiB each way at once; calls are answered meanwhile")
  void large(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      CRC32 crc = new CRC32();
      PageSink<Long> sink = PageSink.each(page -> crc.update(page.asByteBuffer()));
      PageCollector<Long> collector = PageCollector.of(sink, LARGE);
      CompletableFuture<Long> received = Paging.collect(collector, library(meeting), "file", LARGE);
      CompletableFuture<JsonNode> sent =
          CompletableFuture.supplyAsync(() -> meeting.twisted("page", "stream", "file", LARGE));
      int answered = 0;
      while (!received.isDone() || !sent.isDone()) {
        assertThat(meeting.call("echo", answered)).isEqualTo((long) answered);
        answered++;
      }
      assertThat(received.join()).isEqualTo(LARGE);
      assertThat(crc.getValue()).isEqualTo(Pattern.crc(LARGE));
      assertThat(told(sent.join())).isEqualTo(digest(4096, LARGE));
      assertThat(answered).isGreaterThan(10);
    }
  }

  @Scenario("a Java collector whose disk is slow stops Twisted's pager, and lets it go on")
  void slow(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      CountDownLatch ready = new CountDownLatch(1);
      PageCollector<Long> collector = PageCollector.of(PageSink.each(page -> ready.await()), LARGE);
      Paging.collect(collector, library(meeting), "file", LARGE);
      assertThat(readWhenQuiet(meeting))
          .isGreaterThan(Traffic.MAX_BACKLOG_BYTES)
          .isLessThan(Traffic.MAX_BACKLOG_BYTES + IN_BETWEEN);
      ready.countDown();
      assertThat(Meeting.await(collector.done())).isEqualTo(LARGE);
    }
  }

  private static long readWhenQuiet(Meeting meeting) {
    long[] last = {0};
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              long before = last[0];
              last[0] = meeting.twisted("read_so_far").asLong();
              return before == last[0];
            });
    return last[0];
  }

  @Scenario("what cannot be paged fails who waits for it, and not the connection")
  void failures(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteReference library = library(meeting);
      assertThatThrownBy(() -> Meeting.await(Paging.getAllPages(library, "broken", 5)))
          .isInstanceOf(RemoteException.class)
          .hasMessage("builtins.ValueError: no such book");
      assertThatThrownBy(() -> Meeting.await(Paging.getAllPages(library, "forget")))
          .isInstanceOf(PagingException.class)
          .hasMessageContaining("let go of the collector after 0 pages");
      assertThat(meeting.twisted("page", "callback_collector", "broken", 100_000).get("type"))
          .hasToString("\"java.io.IOException\"");
      assertThat(meeting.call("echo", 1)).isEqualTo(1L);
      assertThat(meeting.twistedCalls("echo", "(1,)").value()).isEqualTo("int 1");
    }
  }

  @Scenario("the end of the connection fails a transfer to Java")
  void hangUp(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      CountDownLatch begun = new CountDownLatch(1);
      PageCollector<Long> collector =
          PageCollector.of(PageSink.each(page -> begun.countDown()), Long.MAX_VALUE);
      Paging.collect(collector, library(meeting), "file", 1L << 40);
      begun.await();
      meeting.hangUp();
      assertThatThrownBy(() -> Meeting.await(collector.done()))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  @Scenario("collectors of ended transfers leave both tables as they were")
  void counts(Pairing pairing) throws Exception {
    try (Meeting meeting = peers.meet(pairing)) {
      RemoteReference library = library(meeting);
      int exported = exported(meeting);
      int there = meeting.twisted("counts").get("exported").asInt();
      for (int i = 0; i < 50; i++) {
        Meeting.await(Paging.getAllPages(library, "string", i, 8));
        page(meeting, "get_all_pages", "string", i, 8);
      }
      await()
          .untilAsserted(
              () -> {
                assertThat(exported(meeting)).isEqualTo(exported);
                assertThat(meeting.twisted("counts").get("exported").asInt()).isEqualTo(there);
              });
    }
  }

  private static int exported(Meeting meeting) {
    return meeting.broker().referenceCounts().exported();
  }

  // ---- what was paged ----

  private static RemoteReference library(Meeting meeting) {
    return (RemoteReference) java.util.Objects.requireNonNull(meeting.call("library"));
  }

  /** What came to Twisted: pages, bytes and their CRC. */
  private static String page(Meeting meeting, String how, String method, Object... args) {
    Object[] command = new Object[args.length + 2];
    command[0] = how;
    command[1] = method;
    System.arraycopy(args, 0, command, 2, args.length);
    return told(meeting.twisted("page", command));
  }

  private static String told(JsonNode digest) {
    return digest.get("pages") + " pages, " + digest.get("bytes") + " bytes, " + digest.get("crc");
  }

  private static String digest(int pages, int bytes) throws Exception {
    return pages + " pages, " + bytes + " bytes, " + Pattern.crc(bytes);
  }
}
