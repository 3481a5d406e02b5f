// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.depot.TransferException.Reason;
import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Fetches files from a depot and delivers files to it, whatever happens to the network in between:
 * a cut-off transfer is resumed with a fresh grant, size and SHA-256 are always verified.
 *
 * <p>Thread: any number at once, each call blocks its own. An interrupt ends a call promptly with
 * {@link InterruptedException}; {@link #close} ends all of them with {@link Reason#CLOSED}.
 */
public final class FtpTransfer implements AutoCloseable {
  private final TransferLimits limits;
  private final Set<FtpLogin> logins = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final StuckWatch watch;

  public FtpTransfer() {
    this(TransferLimits.USUAL);
  }

  FtpTransfer(TransferLimits limits) {
    this.limits = limits;
    this.watch = new StuckWatch(logins, limits.idle());
  }

  /**
   * Fetches a file. What an earlier call left in {@code <target>.part} is gone on with; the target
   * appears, or is replaced, only when it is whole, right and durable.
   *
   * @return what was fetched
   * @throws TransferException when it cannot be had
   */
  public StoredFile download(GrantSource grants, Path target, Progress progress)
      throws TransferException, InterruptedException {
    TransferTries tries = new TransferTries(this, grants, target.toString());
    try {
      return Download.run(tries, target, progress);
    } catch (TransferException e) {
      checkNotEnded(target.toString());
      throw e;
    }
  }

  /**
   * Delivers a file whose size and hash the grants name. Bytes that the depot has already are not
   * sent again.
   *
   * @throws TransferException when the depot does not have it, whole and right, in the end
   */
  public void upload(GrantSource grants, Path source, Progress progress)
      throws TransferException, InterruptedException {
    TransferTries tries = new TransferTries(this, grants, source.toString());
    try {
      Upload.run(tries, source, progress);
    } catch (TransferException e) {
      checkNotEnded(source.toString());
      throw e;
    }
  }

  /** Ends every transfer under way and all that would follow. Safe twice. */
  @Override
  public void close() {
    closed.countDown();
    watch.close();
    logins.forEach(FtpLogin::abort);
  }

  TransferLimits limits() {
    return limits;
  }

  /** A login that {@link #close} and the watch know of until it is closed. */
  FtpLogin login(Grant grant) {
    FtpLogin login = new FtpLogin(grant, limits, logins::remove);
    logins.add(login);
    if (closed.getCount() == 0) {
      login.abort();
    }
    return login;
  }

  void checkOpen(String name) throws TransferException {
    if (closed.getCount() == 0) {
      throw new TransferException(name, Reason.CLOSED, "the transfer was ended", null);
    }
  }

  /** What an error really means when the caller ended the transfer. */
  void checkNotEnded(String name) throws TransferException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the transfer of " + name + " was interrupted");
    }
    checkOpen(name);
  }

  /** Waits, but not longer than until {@link #close}. */
  void pause(Duration pause) throws InterruptedException {
    closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}
