// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import static dev.spindle.pb.util.Texts.page;
import static dev.spindle.pb.util.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where pages go. */
class SinksTest {
  private static final Executor HERE = Runnable::run;

  @TempDir Path folder;

  @Test
  void anArrayHasThePagesInOrder() {
    PageSink<byte[]> sink = PageSink.bytes();
    take(sink, "abc", "");
    take(sink, "def");
    assertThat(text(end(sink))).isEqualTo("abcdef");
  }

  // ---- files ----

  @Test
  void aFileAppearsWhenItIsComplete() throws Exception {
    Path file = folder.resolve("file");
    PageSink<Long> sink = PageSink.file(file);
    take(sink, "abc", "def");
    take(sink, "g");
    assertThat(file).doesNotExist();
    assertThat(end(sink)).isEqualTo(7);
    assertThat(file).hasContent("abcdefg");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void aFileWithoutPagesIsEmptyAndReplacesWhatWasThere() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThat(end(PageSink.file(file))).isZero();
    assertThat(file).isEmptyFile();
  }

  @Test
  void aTransferThatFailsLeavesTheFileAsItWas() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "old");
    PageSink<Long> sink = PageSink.file(file);
    take(sink, "abc");
    sink.abort(new IOException("cut"));
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("file");
    assertThatThrownBy(() -> take(sink, "def")).hasCauseInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> end(sink)).hasCauseInstanceOf(CancellationException.class);
    assertThat(names()).containsExactly("file");
  }

  @Test
  void aFileThatCannotTakeItsPlaceLeavesNothing() throws Exception {
    Path file = Files.createDirectory(folder.resolve("file"));
    Files.createFile(file.resolve("member"));
    PageSink<Long> sink = PageSink.file(file);
    take(sink, "abc");
    assertThatThrownBy(() -> end(sink)).hasCauseInstanceOf(IOException.class);
    sink.abort(new IOException("cut"));
    assertThat(names()).containsExactly("file");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }

  // ---- streams ----

  private static final class Stubborn extends ByteArrayOutputStream {
    int closes;
    @Nullable IOException fault;

    @Override
    public void close() throws IOException {
      closes++;
      if (fault != null) {
        throw fault;
      }
    }
  }

  @Test
  void aStreamIsClosedOnceAtTheEnd() {
    Stubborn stream = new Stubborn();
    PageSink<Long> sink = PageSink.stream(stream);
    take(sink, "abc");
    assertThat(stream.closes).isZero();
    assertThat(end(sink)).isEqualTo(3);
    sink.abort(new IOException("too late"));
    assertThat(stream.closes).isEqualTo(1);
    assertThat(stream).hasToString("abc");
  }

  @Test
  void aStreamIsClosedOnceWhenItFailsToClose() {
    Stubborn stream = new Stubborn();
    stream.fault = new IOException("disk full");
    PageSink<Long> sink = PageSink.stream(stream);
    assertThatThrownBy(() -> end(sink)).hasRootCauseMessage("disk full");
    sink.abort(stream.fault);
    assertThat(stream.closes).isEqualTo(1);
  }

  @Test
  void aStreamIsClosedOnceWhenTheTransferFails() {
    Stubborn stream = new Stubborn();
    PageSink<Long> sink = PageSink.stream(stream);
    take(sink, "abc");
    sink.abort(new IOException("cut"));
    assertThat(stream.closes).isEqualTo(1);
  }

  @Test
  void aStreamThatCannotBeWrittenToFailsThatPage() {
    PageSink<Long> sink =
        PageSink.stream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("disk full");
              }
            });
    assertThatThrownBy(() -> take(sink, "abc")).hasRootCauseMessage("disk full");
  }

  @Test
  void aConsumerGetsEachPageUntilItThrows() {
    List<ByteString> got = new ArrayList<>();
    PageSink<Long> sink =
        PageSink.each(
            page -> {
              got.add(page);
              if (got.size() == 2) {
                throw new IOException("enough");
              }
            });
    assertThatThrownBy(() -> take(sink, "a", "b", "c")).hasRootCauseMessage("enough");
    assertThat(got).containsExactly(page("a"), page("b"));
  }

  // ---- subscribers ----

  private static final class Reader implements Flow.Subscriber<ByteBuffer> {
    final List<String> signals = new ArrayList<>();
    Flow.@Nullable Subscription subscription;
    int thenRequest;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ByteBuffer page) {
      byte[] bytes = new byte[page.remaining()];
      page.get(bytes);
      signals.add(text(bytes));
      if (text(bytes).equals("throw")) {
        throw new IllegalStateException("no more");
      }
      if (thenRequest > 0) {
        subscription.request(thenRequest);
      }
    }

    @Override
    public void onError(Throwable error) {
      signals.add(error.getMessage());
    }

    @Override
    public void onComplete() {
      signals.add("complete");
      subscription.cancel();
    }
  }

  private final Reader reader = new Reader();
  private final PageSink<@Nullable Void> subscribed = PageSink.subscriber(reader);

  private CompletableFuture<?> begin(String... pages) {
    return subscribed.take(Stream.of(pages).map(Texts::page).toList(), HERE).toCompletableFuture();
  }

  @Test
  void aSubscriberGetsAsManyPagesAsItRequests() {
    CompletableFuture<?> taken = begin("a", "b", "c");
    assertThat(reader.signals).isEmpty();
    reader.subscription.request(2);
    assertThat(reader.signals).containsExactly("a", "b");
    assertThat(taken).isNotDone();
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(taken).isCompleted();
    assertThat(begin("d", "e")).isCompleted();
    CompletableFuture<?> ended = subscribed.ended(HERE).toCompletableFuture();
    assertThat(ended).isCompletedWithValue(null);
    assertThat(reader.signals).containsExactly("a", "b", "c", "d", "e", "complete");
  }

  @Test
  void aSubscriberMayRequestWhileItIsGivenAPageOrBefore() {
    reader.thenRequest = 1;
    reader.subscription.request(1);
    String[] pages = new String[10_000];
    java.util.Arrays.fill(pages, "x");
    assertThat(begin(pages)).isCompleted();
    assertThat(reader.signals).hasSize(10_000);
  }

  @Test
  void aSubscriberHearsThatTheTransferFailed() {
    CompletableFuture<?> taken = begin("a", "b");
    reader.subscription.request(1);
    subscribed.abort(new IOException("cut"));
    assertThat(reader.signals).containsExactly("a", "cut");
    assertThat(taken).isCompletedExceptionally();
    reader.subscription.request(1);
    assertThat(reader.signals).hasSize(2);
  }

  @Test
  void aSubscriberThatCancelsFailsTheTransferAndHearsNoMore() {
    CompletableFuture<?> taken = begin("a", "b");
    reader.subscription.cancel();
    assertThatThrownBy(taken::join).isInstanceOf(CancellationException.class);
    subscribed.abort(new IOException("cut"));
    reader.subscription.request(1);
    assertThatThrownBy(() -> begin("c").join()).isInstanceOf(CancellationException.class);
    assertThat(reader.signals).isEmpty();
  }

  @Test
  void aSubscriberThatThrowsFailsTheTransfer() {
    reader.subscription.request(2);
    assertThatThrownBy(() -> begin("throw", "b").join()).hasRootCauseMessage("no more");
    assertThat(reader.signals).containsExactly("throw");
  }

  @Test
  void aSubscriberMustRequestAPositiveNumber() {
    CompletableFuture<?> taken = begin("a");
    reader.subscription.request(0);
    assertThatThrownBy(taken::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
    assertThat(reader.signals).containsExactly("request(0): expected a positive number");
  }

  private static void take(PageSink<?> sink, String... pages) {
    sink.take(Stream.of(pages).map(Texts::page).toList(), HERE).toCompletableFuture().join();
  }

  private static <T> T end(PageSink<T> sink) {
    return sink.ended(HERE).toCompletableFuture().join();
  }
}
