// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.Traffic;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends pages to a collector of the other side, each when the network has taken what was written
 * before. So a slow reader slows it, other calls go on between pages, and several pagers of one
 * connection take turns.
 *
 * <pre>{@code
 * @Exposed
 * CompletionStage<Void> download(RemoteReference collector, String name) {
 *   return Pager.start(collector, PageSource.file(folder.resolve(name))).done();
 * }
 * }</pre>
 *
 * <p>The collector is the pager's from then on: it is closed at the end, whatever that is. A
 * transfer that fails has no message of its own in the protocol: the collector is let go of without
 * {@code endedPaging}, which ours understand and Twisted's do not. So answer the call that began it
 * with {@link #done}, as above: then it fails with what the source failed with.
 *
 * <p>Thread: any. Source: reference, section 11.4.
 */
public final class Pager implements AutoCloseable {
  private static final ByteString GOT_PAGE = ByteString.utf8("gotPage");
  private static final ByteString ENDED_PAGING = ByteString.utf8("endedPaging");

  private final RemoteReference collector;
  private final PageSource source;
  private final Traffic traffic;
  private final Traffic.Transfer transfer = this::finish;
  private final Outcome<@Nullable Void> done = new Outcome<>();

  /** Set once, as a rule on the connection's thread; that is gone when the endpoint was closed. */
  private final AtomicBoolean finished = new AtomicBoolean();

  // The connection's thread's.
  private byte @Nullable [] page;
  private boolean draining;

  private Pager(RemoteReference collector, PageSource source) {
    this.collector = collector;
    this.source = source;
    this.traffic = Traffic.of(collector.connection());
    this.done.isOf(traffic);
  }

  /**
   * Starts paging. On the connection's thread the first page of a source that has it at once is
   * written before this returns, and thus before the answer of the method that calls this.
   */
  public static Pager start(RemoteReference collector, PageSource source) {
    Pager pager = new Pager(collector, source);
    pager.done.whenComplete((nothing, error) -> pager.givenUp(error));
    if (!pager.traffic.run(pager::begin)) {
      pager.finish(new DeadReferenceException("the endpoint was closed"));
    }
    return pager;
  }

  /**
   * Completes when everything has gone out and the source is closed; that the other side has dealt
   * with it is for an answer of its own to say. Fails with what the source failed with; as a call
   * does when the connection ends, the collector was closed or a page is too large; with {@link
   * CancellationException} after {@link #close}. Cancelling it closes the pager.
   *
   * <p>Completes on a thread that may block. Waiting for it on the connection's thread throws,
   * since it could never end.
   */
  public CompletableFuture<@Nullable Void> done() {
    return done;
  }

  /** Gives up, unless everything has gone out. Does not wait. Safe to call twice. */
  @Override
  public void close() {
    end(new CancellationException("the pager was closed"));
  }

  private void givenUp(@Nullable Throwable error) {
    if (error != null) {
      end(error);
    }
  }

  private void end(Throwable why) {
    if (!traffic.run(() -> finish(why))) {
      finish(why);
    }
  }

  private void begin() {
    traffic.attach(transfer);
    ask();
  }

  /** Asks for a page while the one before is under way: whether there is another tells the end. */
  private void ask() {
    if (finished.get()) {
      return;
    }
    try {
      source.next(traffic::runBlocking).whenComplete((next, e) -> traffic.run(() -> got(next, e)));
    } catch (RuntimeException e) {
      finish(e);
    }
  }

  private void got(byte @Nullable [] next, @Nullable Throwable error) {
    if (finished.get()) {
      return;
    }
    if (error != null) {
      finish(Causes.of(error));
    } else if (next == null) {
      sendEnd();
    } else {
      page = next;
      sendPage();
    }
  }

  private void drained() {
    draining = false;
    sendPage();
  }

  private void sendPage() {
    byte[] next = page;
    if (finished.get() || draining || next == null) {
      return;
    }
    page = null;
    draining = true;
    send(GOT_PAGE, next);
    traffic.whenDrained(this::drained);
    ask();
  }

  private void sendEnd() {
    send(ENDED_PAGING);
    collector.close();
    traffic.whenDrained(() -> finish(null));
  }

  private void send(ByteString method, @Nullable Object... args) {
    traffic.send(collector, method, args).whenComplete((nothing, error) -> finishIf(error));
  }

  private void finishIf(@Nullable Throwable error) {
    if (error != null) {
      finish(error);
    }
  }

  private void finish(@Nullable Throwable why) {
    if (finished.getAndSet(true)) {
      return;
    }
    page = null;
    traffic.detach(transfer);
    collector.close();
    traffic.runBlocking(() -> closeSource(why));
  }

  private void closeSource(@Nullable Throwable why) {
    Throwable error = why;
    try {
      source.close();
    } catch (Throwable e) {
      if (error == null) {
        error = e;
      } else if (error != e) {
        error.addSuppressed(e);
      }
    }
    if (error == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(error);
    }
  }

  @Override
  public String toString() {
    return "Pager[" + source.getClass().getSimpleName() + " to " + collector + "]";
  }
}
