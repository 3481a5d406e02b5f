// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.depot.TransferException.Reason;
import dev.spindle.farm.Grant;
import dev.spindle.farm.Sha256;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tries of one transfer: each with a login of its own, until the work is done or trying is
 * pointless.
 */
final class TransferTries {
  /** What is to be done in one login. */
  interface Work {
    boolean isDone();

    /** Bytes that are over. */
    long bytesDone();

    /** Goes as far as it can; an exception is a cut-off unless it says otherwise. */
    void goOn(FtpLogin login) throws IOException;
  }

  private static final int NO_SPACE = 452;
  private static final int NOT_LOGGED_IN = 530;
  private static final int WRONG_HASH = 551;
  private static final int TOO_LONG = 552;

  private final FtpTransfer transfer;
  private final GrantSource grants;
  private String name;
  private final Tries tries;
  private @Nullable Grant unused;

  /**
   * @param name for errors, until a grant tells the file's
   */
  TransferTries(FtpTransfer transfer, GrantSource grants, String name) {
    this.transfer = transfer;
    this.grants = grants;
    this.name = name;
    this.tries = new Tries(transfer.limits());
  }

  /** The first grant; it is also the first login's. */
  Grant first() throws TransferException, InterruptedException {
    Grant grant = unused;
    while (grant == null) {
      transfer.checkOpen(name);
      try {
        grant = next();
      } catch (IOException e) {
        failed(e, 0);
      }
    }
    unused = grant;
    name = grant.file().name().value();
    return grant;
  }

  /** Tries until the work is done. */
  void run(Sha256 expected, Work work) throws TransferException, InterruptedException {
    tries.from(work.bytesDone());
    while (!work.isDone()) {
      transfer.checkOpen(name);
      try {
        Grant grant = unused == null ? next() : unused;
        unused = null;
        check(grant, expected);
        try (FtpLogin login = transfer.login(grant)) {
          login.open();
          work.goOn(login);
        }
      } catch (IOException e) {
        failed(e, work.bytesDone());
      }
    }
  }

  private Grant next() throws IOException, InterruptedException {
    Grant grant = grants.next();
    if (grant.host().isEmpty()) {
      throw new TransferException(name, Reason.REFUSED, "the grant names no host", null);
    }
    if (grant.tls()) {
      // Never in the clear what was to be hidden.
      throw new TransferException(
          name, Reason.REFUSED, "the grant asks for TLS, which this client does not speak", null);
    }
    return grant;
  }

  private void check(Grant grant, Sha256 expected) throws TransferException {
    if (!grant.file().sha256().equals(expected)) {
      throw new TransferException(
          name,
          Reason.REFUSED,
          "a grant for " + grant.file().sha256() + " came, expected " + expected,
          null);
    }
  }

  /** Returns when another try is due. */
  private void failed(IOException e, long bytesDone)
      throws TransferException, InterruptedException {
    transfer.checkNotEnded(name);
    if (e instanceof TransferException) {
      throw (TransferException) e;
    }
    int code = e instanceof FtpReplyException ? ((FtpReplyException) e).code() : 0;
    if (code == NO_SPACE) {
      throw new TransferException(name, Reason.DEPOT_FULL, "the depot's disk is full", e);
    }
    if (code == WRONG_HASH || code == TOO_LONG) {
      throw new TransferException(
          name,
          Reason.SOURCE_CHANGED,
          "what was sent is not what was offered: did the file change meanwhile?",
          e);
    }
    if (!tries.again(bytesDone)) {
      boolean refused = code >= 500 && code != NOT_LOGGED_IN;
      throw new TransferException(
          name,
          refused ? Reason.REFUSED : Reason.CUT_OFF,
          "given up after "
              + TransferLimits.MAX_FRUITLESS
              + " tries in vain at byte "
              + bytesDone
              + "; the last: "
              + e.getMessage(),
          e);
    }
    transfer.pause(tries.pause());
  }
}
