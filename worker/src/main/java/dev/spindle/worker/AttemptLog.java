// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.LogStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt's log on its way to the controller: batched, in order, and bounded.
 *
 * <p>Text passes through the batch, then the queue or the spool, and waits for its answer in {@code
 * unanswered}. While the controller is there, whoever writes waits when the queue is full; while it
 * is not, the spool takes the rest up to a limit, and then text is cut. What was unanswered when a
 * connection broke is sent again on the next, so that a piece may arrive twice but never out of
 * order.
 *
 * <p>Thread: any. One monitor guards everything; reports are made outside it, by one task at a
 * time.
 */
final class AttemptLog implements CommandOutput, Closeable {
  private static final int MAX_QUEUED = 4;

  private final ReportLine line;
  private final WorkerSettings settings;
  private final Halt halt;
  private final LogSpool spool;
  private final LogBatch batch;
  private final Deque<LogPiece> queue = new ArrayDeque<>();
  private final List<LogPiece> unanswered = new ArrayList<>();
  private ReportLine.@Nullable Link sentOn;
  private boolean batchDue;
  private boolean flushScheduled;
  private boolean sending;
  private boolean discarded;
  private long cutChars;

  AttemptLog(ReportLine line, WorkerSettings settings, Halt halt, LogSpool spool) {
    this.line = line;
    this.settings = settings;
    this.halt = halt;
    this.spool = spool;
    this.batch = new LogBatch(settings.log().chunkChars());
    line.onChange(this::connectionChanged);
  }

  @Override
  public synchronized void text(LogStream stream, String text)
      throws IOException, InterruptedException {
    for (int at = 0; at < text.length() && !discarded; ) {
      int next = batch.add(stream, text, at);
      if (next == at) {
        awaitRoom();
        if (!batch.isEmpty()) { // Another stream's thread may have taken it meanwhile.
          keep(batch.take());
        }
      }
      at = next;
    }
    if (!batch.isEmpty() && !flushScheduled) {
      flushScheduled = true;
      settings.time().after(settings.log().flushInterval(), this::flush);
    }
  }

  /** Adds a remark of the worker's. */
  void remark(String remark) throws IOException, InterruptedException {
    text(LogStream.HEADER, remark + "\n");
  }

  private void awaitRoom() throws InterruptedException {
    while (isFull() && line.link().isPresent() && !discarded) {
      wait();
    }
  }

  private boolean isFull() {
    return queue.size() >= MAX_QUEUED || !spool.isEmpty() || cutChars > 0;
  }

  private void keep(LogPiece piece) throws IOException {
    if (!isFull()) {
      queue.add(piece);
      wakeSender();
    } else if (cutChars == 0 && spool.bytes() < settings.log().spoolBytes()) {
      spool.add(piece);
    } else {
      cutChars += piece.text().length();
    }
  }

  private synchronized void flush() {
    flushScheduled = false;
    batchDue = !batch.isEmpty();
    wakeSender();
  }

  private void connectionChanged() {
    synchronized (this) {
      notifyAll();
      wakeSender();
    }
  }

  /** Waits until everything is answered, over several connections if need be, or is discarded. */
  synchronized void drain() throws InterruptedException {
    batchDue = true;
    wakeSender();
    while (!discarded && !isDrained()) {
      wait();
    }
  }

  private boolean isDrained() {
    return batch.isEmpty()
        && cutChars == 0
        && queue.isEmpty()
        && spool.isEmpty()
        && unanswered.isEmpty();
  }

  /** Nothing more is sent or kept. */
  synchronized void discard() {
    discarded = true;
    queue.clear();
    unanswered.clear();
    notifyAll();
  }

  /** Discards, and lets go of the spool's file. */
  @Override
  public synchronized void close() throws IOException {
    discard();
    spool.close();
  }

  /** Reports must not be made by a thread that holds the monitor, nor by a timer's or a wire's. */
  private void wakeSender() {
    if (!sending && !discarded) {
      sending = true;
      settings.threads().execute(this::send);
    }
  }

  private void send() {
    try {
      for (Sending next = next(); next != null; next = next()) {
        Sending sent = next;
        sent.link()
            .call(report -> report.log(sent.piece().stream(), sent.piece().text()))
            .whenComplete((valid, failure) -> answered(sent, valid, failure));
      }
    } catch (IOException e) {
      halt.request(AttemptOver.failed("the log's spool cannot be read: " + e.getMessage(), true));
      discard();
    }
  }

  private record Sending(ReportLine.Link link, LogPiece piece) {}

  /** What to send now; null when there is nothing, and the sender ends. */
  private synchronized @Nullable Sending next() throws IOException {
    Optional<ReportLine.Link> link = line.link();
    if (link.isPresent() && link.get() != sentOn) {
      sentOn = link.get();
      for (int i = unanswered.size() - 1; i >= 0; i--) {
        queue.addFirst(unanswered.get(i));
      }
      unanswered.clear();
    }
    Optional<LogPiece> piece = Optional.empty();
    if (link.isPresent() && !discarded && unanswered.size() < settings.log().unanswered()) {
      piece = nextPiece();
    }
    if (piece.isEmpty()) {
      sending = false;
      return null;
    }
    unanswered.add(piece.get());
    notifyAll();
    return new Sending(link.get(), piece.get());
  }

  private Optional<LogPiece> nextPiece() throws IOException {
    if (!queue.isEmpty()) {
      return Optional.of(queue.poll());
    }
    Optional<LogPiece> spooled = spool.poll();
    if (spooled.isPresent()) {
      return spooled;
    }
    if (cutChars > 0) {
      String remark = "(" + cutChars + " characters of output were cut here: the controller could";
      cutChars = 0;
      return Optional.of(
          new LogPiece(LogStream.HEADER, remark + " not be reached, and the spool was full)\n"));
    }
    if (batchDue && !batch.isEmpty()) {
      batchDue = false;
      return Optional.of(batch.take());
    }
    return Optional.empty();
  }

  private void answered(Sending sent, @Nullable Boolean valid, @Nullable Throwable failure) {
    if (failure instanceof FarmException refusal) {
      if (!ReportLine.isLoss(refusal)) {
        halt.request(AttemptOver.refused(refusal));
        taken(sent);
      }
    } else if (Boolean.TRUE.equals(valid)) {
      taken(sent);
    } else {
      halt.request(AttemptOver.gone());
      discard();
    }
  }

  private synchronized void taken(Sending sent) {
    if (sent.link() == sentOn) {
      unanswered.removeIf(piece -> piece == sent.piece());
      notifyAll();
      wakeSender();
    }
  }
}
