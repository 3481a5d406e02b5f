// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.awaitConnections;
import static dev.spindle.pb.Servers.connect;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.Traffic;
import dev.spindle.pb.util.PageCollector;
import dev.spindle.pb.util.PageSink;
import dev.spindle.pb.util.PageSource;
import dev.spindle.pb.util.Pager;
import dev.spindle.pb.util.Paging;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Paging on real sockets, with real disks and threads. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class PagingWireTest {
  private static final int PAGE_BYTES = 256 * 1024;

  /** What kernels keep for the two sockets of a connection at most, with room to spare. */
  private static final long KERNEL_BYTES = 16L << 20;

  @TempDir Path folder;

  /** A stream without end that counts what was read of it. */
  private static final class Endless extends InputStream {
    final AtomicLong read = new AtomicLong();
    final AtomicInteger closes = new AtomicInteger();

    @Override
    public int read() {
      throw new UnsupportedOperationException("one by one");
    }

    @Override
    public int read(byte[] into, int from, int length) {
      read.addAndGet(length);
      return length;
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }

    /** Waits until nothing more is read for a while; how much that was. */
    long whenQuiet() {
      long[] last = {-1};
      await()
          .atMost(20, TimeUnit.SECONDS)
          .pollInterval(300, TimeUnit.MILLISECONDS)
          .until(() -> read.get() > 0 && last[0] == (last[0] = read.get()));
      return read.get();
    }
  }

  private static final class Library implements Referenceable {
    final Path folder;
    final Endless endless = new Endless();
    final CompletableFuture<Pager> pager = new CompletableFuture<>();

    Library(Path folder) {
      this.folder = folder;
    }

    @Exposed
    CompletionStage<@Nullable Void> file(RemoteReference collector, String name, int pageBytes) {
      return Pager.start(collector, PageSource.file(folder.resolve(name), pageBytes)).done();
    }

    @Exposed
    CompletionStage<@Nullable Void> endless(RemoteReference collector) {
      pager.complete(Pager.start(collector, PageSource.stream(endless, PAGE_BYTES)));
      return pager.join().done();
    }

    @Exposed
    CompletionStage<Long> upload(String name, RemoteReference sender) {
      PageCollector<Long> collector =
          PageCollector.of(PageSink.file(folder.resolve(name)), 10L << 20);
      return Paging.collect(collector, sender, "page");
    }

    @Exposed
    String echo(String text) {
      return text;
    }
  }

  private Path write(String name, int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void filesCrossAtOnceInPagesOfAnySizeWhileOtherCallsAreAnswered() throws Exception {
    Path one = write("one", 3_000_001);
    Path two = write("two", 2_000_000);
    Path empty = write("empty", 0);
    try (PbServer server = server().root(new Library(folder)).start();
        PbClient client = connect(server)) {
      RemoteReference root = client.root();
      CompletableFuture<byte[]> first = Paging.getAllPages(root, "file", "one", 1000);
      CompletableFuture<byte[]> second = Paging.getAllPages(root, "file", "two", 655_360);
      CompletableFuture<byte[]> third = Paging.getAllPages(root, "file", "empty", 16384);
      assertThat(root.call("echo", "still here").get(20, TimeUnit.SECONDS)).isEqualTo("still here");
      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Files.readAllBytes(one));
      assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(Files.readAllBytes(two));
      assertThat(third.get(20, TimeUnit.SECONDS)).isEqualTo(Files.readAllBytes(empty));
    }
  }

  @Test
  void aFileIsReadAndWrittenByThreadsThatMayBlock() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    write("file", 1_000_000);
    try (PbServer server = server().root(new Library(folder)).start();
        PbClient client = connect(server)) {
      PageSink<Long> sink = PageSink.each(page -> threads.add(Thread.currentThread().getName()));
      PageCollector<Long> collector = PageCollector.of(sink, 1_000_000);
      Paging.collect(collector, client.root(), "file", "file", 16384).get(20, TimeUnit.SECONDS);
    }
    assertThat(threads).noneMatch(name -> name.matches("pb-client-\\d+-\\d+"));
  }

  @Test
  void aClientCanBeTheOneThatSends() throws Exception {
    Path file = write("file", 5_000_000);
    Referenceable sender =
        new Referenceable() {
          @Exposed
          void page(RemoteReference collector) {
            Pager.start(collector, PageSource.file(file));
          }
        };
    try (PbServer server = server().root(new Library(folder)).start();
        PbClient client = connect(server)) {
      assertThat(client.root().call("upload", "copy", sender).get(20, TimeUnit.SECONDS))
          .isEqualTo(5_000_000L);
    }
    assertThat(folder.resolve("copy")).hasSameBinaryContentAs(file);
  }

  @Test
  void aFileThatIsMissingFailsTheTransferAndNotTheConnection() throws Exception {
    try (PbServer server = server().root(new Library(folder)).start();
        PbClient client = connect(server)) {
      assertThatThrownBy(
              () ->
                  Paging.getAllPages(client.root(), "file", "missing", 16384)
                      .get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(RemoteException.class)
          .hasMessageContaining(NoSuchFileException.class.getName());
      assertThat(client.root().call("echo", "still here").join()).isEqualTo("still here");
    }
  }

  // ---- pace ----

  @Test
  void aSlowDiskStopsTheSender() throws Exception {
    Library library = new Library(folder);
    CountDownLatch ready = new CountDownLatch(1);
    AtomicLong taken = new AtomicLong();
    try (PbServer server = server().root(library).start();
        PbClient client = connect(server)) {
      PageSink<Long> slow =
          PageSink.each(
              page -> {
                ready.await();
                taken.addAndGet(page.size());
              });
      PageCollector<Long> collector = PageCollector.of(slow, Long.MAX_VALUE);
      Paging.collect(collector, client.root(), "endless");
      long before = library.endless.whenQuiet();
      assertThat(before)
          .isGreaterThan(Traffic.MAX_BACKLOG_BYTES)
          .isLessThan(Traffic.MAX_BACKLOG_BYTES + KERNEL_BYTES);
      assertThat(taken).hasValue(0);
      ready.countDown();
      await().atMost(20, TimeUnit.SECONDS).until(() -> taken.get() > 2 * before);
      library.pager.join().close();
      assertThatThrownBy(() -> collector.done().get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(RemoteException.class)
          .hasMessageContaining("the pager was closed");
    }
  }

  @Test
  void aPeerThatDoesNotReadStopsTheSender() throws Exception {
    Library library = new Library(folder);
    try (PbServer server = server().root(library).start();
        SocketPeer peer = SocketPeer.client(server)) {
      peer.say("[message 1 root endless 1 [tuple [remote 1]] [dictionary]]");
      assertThat(library.endless.whenQuiet()).isLessThan(KERNEL_BYTES);
      for (int i = 0; i < 100; i++) {
        assertThat(peer.hearExpression()).isNotNull();
      }
    }
    awaitCloses(library, 1);
  }

  // ---- ends ----

  @Test
  void theEndOfTheConnectionClosesBothEndsOnceAndTellsWhoWaits() throws Exception {
    Library library = new Library(folder);
    Path file = folder.resolve("file");
    AtomicInteger taken = new AtomicInteger();
    try (PbServer server = server().root(library).start()) {
      PbClient client = connect(server);
      PageCollector<Long> collector = PageCollector.of(PageSink.file(file), Long.MAX_VALUE);
      PageCollector<Long> other =
          PageCollector.of(PageSink.each(page -> taken.incrementAndGet()), Long.MAX_VALUE);
      Paging.collect(collector, client.root(), "endless");
      Paging.collect(other, client.root(), "endless");
      await().atMost(20, TimeUnit.SECONDS).until(() -> taken.get() > 10);
      client.close();
      assertThatThrownBy(() -> collector.done().get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectionLostException.class);
      assertThatThrownBy(() -> other.done().get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectionLostException.class);
      assertThatThrownBy(() -> library.pager.join().done().get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectionLostException.class);
      assertThat(file).doesNotExist();
      assertThat(folder).isEmptyDirectory();
      awaitConnections(server, 0);
      awaitCloses(library, 2);
    }
  }

  private static void awaitCloses(Library library, int count) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(library.endless.closes).hasValue(count));
  }
}
