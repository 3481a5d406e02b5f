// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What exposed methods throw that is meant for nobody: the caller gets its name and its text, and
 * whoever wrote the method finds the stack in the log, as with Twisted.
 *
 * <p>Not told are a {@link PbError}, a {@link RemoteException} that is passed on, checked
 * exceptions, and what is registered: these are answers. After the first few of a connection, only
 * the 32nd, 64th … are, since the other side may go on for ever.
 *
 * <p>Thread: the connection's.
 */
final class UnexpectedErrors {
  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedErrors.class);

  /** So many are told each. */
  private static final int FEW = 16;

  private final Link link;
  private final Types types;
  private long count;

  UnexpectedErrors(Link link, Types types) {
    this.link = link;
    this.types = types;
  }

  /**
   * @param isAnswered whether the caller wants to hear of it
   */
  void thrownBy(ExposedMethod method, Throwable thrown, boolean isAnswered) {
    Throwable error = Failures.unwrap(thrown);
    if (isAnswer(error)) {
      return;
    }
    count++;
    if (count <= FEW || Long.bitCount(count) == 1) {
      tell(method, error, isAnswered);
    }
  }

  private void tell(ExposedMethod method, Throwable error, boolean isAnswered) {
    String text =
        link.remoteAddress()
            + ": "
            + method.place()
            + " failed, and its caller "
            + (isAnswered ? "is told" : "wants no answer");
    try {
      LOG.warn("{}; {} so far", text, count, error);
    } catch (RuntimeException | Error e) { // An exception may fail to tell of itself.
      LOG.warn("{}; {} so far: {}", text, count, Failures.described(error));
    }
  }

  private boolean isAnswer(Throwable error) {
    boolean isUnchecked = error instanceof RuntimeException || error instanceof Error;
    return !isUnchecked
        || error instanceof PbError
        || error instanceof RemoteException
        || types.isSent(error)
        || !types.errorNamesOf(error).get(0).equals(error.getClass().getName());
  }
}
