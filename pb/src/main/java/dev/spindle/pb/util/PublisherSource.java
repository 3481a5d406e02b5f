// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The buffers of a publisher, which is asked for one when the last has gone out. */
final class PublisherSource implements PageSource, Flow.Subscriber<ByteBuffer> {
  private final Flow.Publisher<ByteBuffer> publisher;
  private final int pageBytes;

  // Guarded by this: the publisher may call on any thread.
  private boolean subscribed;
  private boolean closed;
  private boolean complete;
  private @Nullable Throwable failure;
  private Flow.@Nullable Subscription subscription;
  private @Nullable ByteBuffer rest;
  private @Nullable CompletableFuture<byte @Nullable []> asked;

  PublisherSource(Flow.Publisher<ByteBuffer> publisher, int pageBytes) {
    this.publisher = publisher;
    this.pageBytes = pageBytes;
  }

  @Override
  public CompletionStage<byte @Nullable []> next(Executor blocking) {
    CompletableFuture<byte @Nullable []> page = new CompletableFuture<>();
    boolean first;
    synchronized (this) {
      asked = page;
      first = !subscribed;
      subscribed = true;
    }
    if (first) {
      publisher.subscribe(this);
    } else {
      answer();
    }
    return page;
  }

  /** Answers with what there is, or asks the publisher for more. */
  private void answer() {
    CompletableFuture<byte @Nullable []> page;
    byte[] bytes = null;
    Throwable error = null;
    Flow.Subscription ask = null;
    synchronized (this) {
      page = asked;
      if (page == null) {
        return;
      }
      if (rest != null && rest.hasRemaining()) {
        bytes = cut(rest);
      } else if (complete) {
        error = failure;
      } else {
        ask = subscription;
      }
      if (ask == null) {
        asked = null;
      }
    }
    if (ask != null) {
      ask.request(1);
    } else if (error != null) {
      page.completeExceptionally(error);
    } else {
      page.complete(bytes);
    }
  }

  private byte[] cut(ByteBuffer from) {
    byte[] page = new byte[Math.min(pageBytes, from.remaining())];
    from.get(page);
    return page;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    boolean unwanted;
    synchronized (this) {
      unwanted = closed || subscription != null;
      if (!unwanted) {
        subscription = given;
      }
    }
    if (unwanted) {
      given.cancel();
    } else {
      answer();
    }
  }

  @Override
  public void onNext(ByteBuffer buffer) {
    boolean unasked;
    synchronized (this) {
      unasked = rest != null && rest.hasRemaining();
      if (!unasked) {
        rest = buffer;
      }
    }
    if (unasked) {
      end(new IllegalStateException("the publisher gave a buffer that was not requested"));
    } else {
      answer();
    }
  }

  @Override
  public void onError(Throwable error) {
    end(error);
  }

  @Override
  public void onComplete() {
    end(null);
  }

  private void end(@Nullable Throwable error) {
    synchronized (this) {
      complete = true;
      failure = error;
    }
    answer();
  }

  @Override
  public void close() {
    Flow.Subscription current;
    boolean running;
    synchronized (this) {
      closed = true;
      running = !complete;
      current = subscription;
    }
    if (current != null && running) {
      current.cancel();
    }
  }
}
