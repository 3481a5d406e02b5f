// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.ReferenceListener;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.Traffic;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a pager of the other side sends: pass it as an argument, or let {@link
 * Paging#collect} do so. It serves one transfer.
 *
 * <p>Pages that a sink has not taken wait in memory, up to {@link Traffic#MAX_BACKLOG_BYTES} for
 * all transfers of a connection. Then the connection is not read until half of them are gone: its
 * other calls and answers wait as well, and its sender is slowed.
 *
 * <p>Thread: any. Source: reference, section 11.4.
 *
 * @param <T> what there is in the end
 */
public final class PageCollector<T extends @Nullable Object>
    implements ReferenceListener, AutoCloseable {
  private final PageSink<T> sink;
  private final long maxBytes;
  private final Outcome<T> done = new Outcome<>();

  /** Whether it is settled how the transfer came out. */
  private final AtomicBoolean over = new AtomicBoolean();

  private final Traffic.Transfer transfer = this::fail;

  /** Of the connection that the pages come over, once that is known. */
  private volatile @Nullable Intake<T> intake;

  /** Whether it was given to a call. */
  private final AtomicBoolean begun = new AtomicBoolean();

  /** Whether the call that began the transfer is under way: its error says more than its end. */
  private volatile boolean awaitingAnswer;

  // The connection's thread's.
  private boolean letGo;
  private boolean ended;
  private long pages;
  private long bytes;

  private PageCollector(PageSink<T> sink, long maxBytes) {
    this.sink = sink;
    this.maxBytes = maxBytes;
  }

  /**
   * A collector for one transfer.
   *
   * @param maxBytes most bytes in all pages together; more fail the transfer
   * @throws IllegalArgumentException when it is negative
   */
  public static <T extends @Nullable Object> PageCollector<T> of(PageSink<T> sink, long maxBytes) {
    Objects.requireNonNull(sink, "sink");
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes " + maxBytes + ": expected 0 or more");
    }
    PageCollector<T> collector = new PageCollector<>(sink, maxBytes);
    collector.done.whenComplete((value, error) -> collector.failIf(error));
    return collector;
  }

  /**
   * Completes when the sink has taken the last page. Fails with {@link ConnectionLostException};
   * with {@link PagingException} when the sender gave up or broke the rules; with what the sink
   * failed with; with {@link CancellationException} after {@link #close}. Cancelling it closes the
   * collector.
   *
   * <p>Completes on the connection's thread or on one that may block: what is chained must be
   * quick. Waiting for it on the connection's thread throws, since it could never end.
   */
  public CompletableFuture<T> done() {
    return done;
  }

  /**
   * Gives up, unless everything has been taken. The protocol has no word for it: the other side
   * goes on sending, and what comes is thrown away. Does not wait. Safe to call twice.
   */
  @Override
  public void close() {
    fail(new CancellationException("the collector was closed"));
  }

  // ---- from the other side ----

  @Exposed
  void gotPage(PbConnection from, @Nullable Object... page) {
    Intake<T> into = intake(from);
    if (into == null) {
      return;
    }
    pages++;
    if (ended) {
      fail(new PagingException("page " + pages + " came after the end"));
    } else if (page.length == 1 && page[0] instanceof ByteString content) {
      add(content, into);
    } else {
      fail(new PagingException("page " + pages + " is " + shown(page) + ": expected bytes"));
    }
  }

  private static String shown(@Nullable Object[] page) {
    if (page.length != 1) {
      return page.length + " values";
    }
    Object value = page[0];
    return value == null ? "None" : "of type " + value.getClass().getSimpleName();
  }

  @Exposed
  void endedPaging(PbConnection from) {
    Intake<T> into = intake(from);
    if (into != null) {
      ended = true;
      into.traffic().detach(transfer);
      into.end();
    }
  }

  private void add(ByteString page, Intake<T> into) {
    bytes += page.size();
    if (bytes > maxBytes) {
      fail(new PagingException("more than " + maxBytes + " bytes came, the most that may"));
    } else {
      into.add(page);
    }
  }

  @Override
  public void unreferenced() {
    letGo = true;
    failIfLetGo();
  }

  @Override
  public void refused(Throwable why) {
    fail(new PagingException("a page could not be read: " + why.getMessage(), why));
  }

  // ---- the call that begins it ----

  CompletableFuture<T> begin(RemoteReference target, String method, @Nullable Object[] args) {
    if (begun.getAndSet(true) || intake != null) {
      return CompletableFuture.failedFuture(
          new PagingException("this collector has served its transfer: make another"));
    }
    if (intake(target.connection()) != null) {
      awaitingAnswer = true;
      target.call(method, args).whenComplete((answer, error) -> onOwnThread(() -> answered(error)));
    }
    return done;
  }

  private void answered(@Nullable Throwable error) {
    awaitingAnswer = false;
    if (!ended) {
      failIf(error);
    }
    failIfLetGo();
  }

  private void failIfLetGo() {
    if (letGo && !ended && !awaitingAnswer) {
      fail(
          new PagingException(
              "the other side let go of the collector after "
                  + pages
                  + " pages and "
                  + bytes
                  + " bytes, without saying that these were all"));
    }
  }

  // ---- the connection ----

  /** Where what comes over this connection goes, or null when it does not matter any more. */
  private @Nullable Intake<T> intake(PbConnection from) {
    if (over.get()) {
      return null;
    }
    Traffic its = Traffic.of(from);
    Intake<T> known = intake;
    Intake<T> bound = known == null ? bind(its) : known;
    if (bound.traffic() != its) {
      fail(new PagingException("it was used on a second connection: it serves one transfer"));
      return null;
    }
    return bound;
  }

  private synchronized Intake<T> bind(Traffic its) {
    Intake<T> known = intake;
    if (known == null) {
      known = new Intake<>(its, sink, this::settle);
      intake = known;
      done.isOf(its);
      its.run(() -> attach(its));
    }
    return known;
  }

  private void attach(Traffic its) {
    if (!over.get()) {
      its.attach(transfer);
    }
  }

  /** Here, when no connection is known or its thread is gone: then nobody else is at it. */
  private void onOwnThread(Runnable task) {
    Intake<T> known = intake;
    if (known == null || !known.traffic().run(task)) {
      task.run();
    }
  }

  // ---- the end ----

  private void settle(@Nullable T value, @Nullable Throwable error) {
    if (error != null) {
      fail(error);
    } else if (!over.getAndSet(true)) {
      done.complete(value);
    }
  }

  private void failIf(@Nullable Throwable error) {
    if (error != null) {
      fail(error);
    }
  }

  private void fail(Throwable why) {
    if (over.getAndSet(true)) {
      return;
    }
    Intake<T> known = intake;
    if (known == null) {
      abort(why);
    } else {
      onOwnThread(() -> drop(known));
      known.traffic().runBlocking(() -> abort(why));
    }
  }

  private void drop(Intake<T> known) {
    known.traffic().detach(transfer);
    known.drop();
  }

  private void abort(Throwable why) {
    try {
      sink.abort(why);
    } catch (Throwable e) {
      if (e != why) {
        why.addSuppressed(e);
      }
    }
    done.completeExceptionally(why);
  }

  @Override
  public String toString() {
    return "PageCollector[" + pages + " pages, " + bytes + " bytes, " + done + "]";
  }
}
