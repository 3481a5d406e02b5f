// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link PageCollector} puts its pages, in the order in which they come.
 *
 * <p>A sink serves one collector and is not used again. While it is busy the pages behind wait, and
 * at last their connection is not read: so a sink must not wait for anything that comes over the
 * same connection.
 *
 * @param <T> what is there in the end
 */
public interface PageSink<T extends @Nullable Object> {

  /**
   * Takes what has come, one page or several. Not called again before the stage is complete.
   *
   * <p>Thread: the connection's; must not block. The stage may complete on any thread; a failure
   * ends the transfer.
   *
   * @param blocking where to run what may block
   */
  CompletionStage<?> take(List<ByteString> pages, Executor blocking);

  /**
   * Every page has been taken and there are no more.
   *
   * <p>Thread: the connection's; must not block.
   */
  CompletionStage<T> ended(Executor blocking);

  /**
   * The transfer has failed: lets go of what is behind the sink. Called at most once, on a thread
   * that may block; pages may still be being taken.
   */
  void abort(Throwable why);

  /** All bytes in one array. */
  static PageSink<byte[]> bytes() {
    return new ArraySink();
  }

  /**
   * A file, which appears whole or not at all: it is written beside its place under another name,
   * and takes the place of what is there in the end. In the end there is the number of its bytes.
   */
  static PageSink<Long> file(Path path) {
    return new BlockingSink(new FileOutput(path));
  }

  /** A stream, which is closed, and the number of bytes written to it. */
  static PageSink<Long> stream(OutputStream stream) {
    return new BlockingSink(new StreamOutput(stream));
  }

  /** Gives each page to a consumer that may block, and counts the bytes. */
  static PageSink<Long> each(PageConsumer consumer) {
    return new BlockingSink(consumer::accept);
  }

  /**
   * A subscriber, which gets as many pages as it requests, as read-only buffers; on threads that
   * may block, one at a time. One that cancels fails the transfer.
   */
  static PageSink<@Nullable Void> subscriber(Flow.Subscriber<? super ByteBuffer> subscriber) {
    SubscriberSink sink = new SubscriberSink(subscriber);
    subscriber.onSubscribe(sink);
    return sink;
  }
}
