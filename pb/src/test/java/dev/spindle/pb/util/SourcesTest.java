// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import static dev.spindle.pb.util.Texts.bytes;
import static dev.spindle.pb.util.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where pages come from. */
class SourcesTest {
  private static final Executor HERE = Runnable::run;

  @TempDir Path folder;

  @Test
  void anArrayIsCutIntoSlices() throws Exception {
    assertThat(pages(PageSource.bytes(bytes("abcdefgh"), 3))).containsExactly("abc", "def", "gh");
    assertThat(pages(PageSource.bytes(bytes("abcdef"), 3))).containsExactly("abc", "def");
    assertThat(pages(PageSource.bytes(bytes("abc"), 1000))).containsExactly("abc");
    assertThat(pages(PageSource.bytes(new byte[0]))).containsExactly("");
    assertThat(pages(PageSource.bytes(new byte[8193])).get(0)).hasSize(8192);
  }

  @Test
  void aFileIsReadInBlocks() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[16384 + 100]);
    assertThat(pages(PageSource.file(file))).extracting(String::length).containsExactly(16384, 100);
    assertThat(pages(PageSource.file(file, 10000)))
        .extracting(String::length)
        .containsExactly(10000, 6484);
    assertThat(pages(PageSource.file(Files.createFile(folder.resolve("empty"))))).isEmpty();
  }

  @Test
  void aFileThatIsMissingFailsTheFirstPage() {
    PageSource missing = PageSource.file(folder.resolve("missing"));
    assertThatThrownBy(() -> pages(missing)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFileThatIsClosedBeforeItWasOpenedStaysSo() throws Exception {
    PageSource file = PageSource.file(Files.createFile(folder.resolve("file")));
    List<Runnable> due = new ArrayList<>();
    CompletableFuture<byte[]> page = file.next(due::add).toCompletableFuture();
    file.close();
    due.get(0).run();
    assertThatThrownBy(page::join).hasCauseInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aStreamThatFailsInTheMiddleFailsThatPage() {
    InputStream broken =
        new InputStream() {
          private int left = 3;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("bad sector");
            }
            return 'a';
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            into[from] = (byte) read();
            return 1;
          }
        };
    PageSource source = PageSource.stream(broken, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(text(source.next(HERE).toCompletableFuture().join())).isEqualTo("a");
    }
    assertThatThrownBy(() -> source.next(HERE).toCompletableFuture().join())
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("bad sector");
  }

  @Test
  void anIteratorGivesPagesAndIsClosedIfItCanBe() throws Exception {
    assertThat(pages(PageSource.pages(List.of(bytes("a"), bytes(""), bytes("bc")).iterator())))
        .containsExactly("a", "", "bc");
    Endless endless = new Endless();
    PageSource.pages(endless).close();
    assertThat(endless.closed).isTrue();
  }

  private static final class Endless implements Iterator<byte[]>, AutoCloseable {
    final AtomicInteger read = new AtomicInteger();
    boolean closed;

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public byte[] next() {
      read.incrementAndGet();
      return new byte[64 * 1024];
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void noMoreIsReadAheadThanThereIsRoomFor() {
    Endless endless = new Endless();
    PageSource source = PageSource.pages(endless);
    source.next(HERE);
    assertThat(endless.read).hasValue(1 + ReadAhead.MAX_BYTES / (64 * 1024));
    for (int i = 0; i < 7; i++) {
      source.next(HERE);
    }
    assertThat(endless.read).as("not for each page").hasValue(17);
    source.next(HERE);
    assertThat(endless.read).as("but when half of it is gone").hasValue(17 + 8);
  }

  @Test
  void closingEndsAReadThatWaits() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    InputStream waits =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            throw new AssertionError("read whole arrays");
          }

          @Override
          public int read(byte[] into) throws IOException {
            reading.countDown();
            await().until(() -> closed.getCount() == 0);
            throw new IOException("closed");
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      PageSource source = PageSource.stream(waits);
      CompletableFuture<byte[]> page = source.next(threads).toCompletableFuture();
      assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
      source.close();
      assertThatThrownBy(() -> page.get(20, TimeUnit.SECONDS)).hasRootCauseMessage("closed");
    } finally {
      threads.shutdownNow();
    }
  }

  // ---- publishers ----

  @Test
  void buffersOfAPublisherAreCutIntoPages() throws Exception {
    try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>(HERE, 16)) {
      PageSource source = PageSource.publisher(publisher, 4);
      CompletableFuture<byte[]> first = source.next(HERE).toCompletableFuture();
      for (String each : List.of("abcdef", "", "ghi")) {
        publisher.submit(ByteBuffer.wrap(bytes(each)));
      }
      publisher.close();
      assertThat(text(first.join())).isEqualTo("abcd");
      assertThat(pages(source)).containsExactly("ef", "ghi");
    }
  }

  /** A publisher by hand. */
  private static final class Publisher implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
    Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    int requested;
    int cancelled;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
      subscriber = given;
      given.onSubscribe(this);
    }

    @Override
    public void request(long n) {
      requested += (int) n;
    }

    @Override
    public void cancel() {
      cancelled++;
    }
  }

  private final Publisher publisher = new Publisher();
  private final PageSource published = PageSource.publisher(publisher, 4);

  @Test
  void aPublisherIsAskedForOneBufferAtATime() {
    CompletableFuture<byte[]> first = published.next(HERE).toCompletableFuture();
    assertThat(publisher.requested).isEqualTo(1);
    publisher.subscriber.onNext(ByteBuffer.wrap(bytes("abcdef")));
    assertThat(text(first.join())).isEqualTo("abcd");
    assertThat(text(published.next(HERE).toCompletableFuture().join())).isEqualTo("ef");
    assertThat(publisher.requested).isEqualTo(1);
    published.next(HERE);
    assertThat(publisher.requested).isEqualTo(2);
  }

  @Test
  void aPublisherThatFailsFailsBehindWhatItGave() {
    CompletableFuture<byte[]> first = published.next(HERE).toCompletableFuture();
    publisher.subscriber.onNext(ByteBuffer.wrap(bytes("abcdef")));
    publisher.subscriber.onError(new IOException("bad sector"));
    assertThat(text(first.join())).isEqualTo("abcd");
    assertThat(text(published.next(HERE).toCompletableFuture().join())).isEqualTo("ef");
    assertThatThrownBy(() -> published.next(HERE).toCompletableFuture().join())
        .hasRootCauseMessage("bad sector");
  }

  @Test
  void aPublisherThatGivesMoreThanWasAskedForFails() {
    published.next(HERE);
    publisher.subscriber.onNext(ByteBuffer.wrap(bytes("abcdef")));
    publisher.subscriber.onNext(ByteBuffer.wrap(bytes("ghi")));
    assertThat(text(published.next(HERE).toCompletableFuture().join())).isEqualTo("ef");
    assertThatThrownBy(() -> published.next(HERE).toCompletableFuture().join())
        .hasRootCauseMessage("the publisher gave a buffer that was not requested");
  }

  @Test
  void closingCancelsAPublisherThatIsNotComplete() throws Exception {
    published.next(HERE);
    published.close();
    assertThat(publisher.cancelled).isEqualTo(1);
    Publisher late = new Publisher();
    PageSource source = PageSource.publisher(late, 4);
    source.close();
    source.next(HERE);
    assertThat(late.cancelled).isEqualTo(1);
  }

  /** All pages up to the end, which is waited for; what fails is thrown as it is. */
  private static List<String> pages(PageSource source) throws Exception {
    List<String> pages = new ArrayList<>();
    Supplier<byte @Nullable []> next = () -> source.next(HERE).toCompletableFuture().join();
    try {
      for (byte[] page = next.get(); page != null; page = next.get()) {
        pages.add(text(page));
      }
    } catch (CompletionException e) {
      throw (Exception) e.getCause();
    }
    source.close();
    return pages;
  }
}
