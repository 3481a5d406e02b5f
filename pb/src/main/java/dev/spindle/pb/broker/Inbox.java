// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaReader;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Pieces;
import io.netty.buffer.ByteBuf;

/**
 * What arrives on a connection: bytes in, whole expressions to the broker.
 *
 * <p>Thread: the connection's, but for {@link #readAtMost}.
 */
public final class Inbox {
  private final Broker broker;
  private final Link link;
  private final IncomingCalls incoming;
  private final BananaReader reader;
  private final Arrivals arrivals = new Arrivals();
  private boolean readsPast = true;

  Inbox(Broker broker, Link link, IncomingCalls incoming, BananaLimits limits) {
    this.broker = broker;
    this.link = link;
    this.incoming = incoming;
    this.reader = new BananaReader(limits);
  }

  /**
   * Takes what arrived, to its end or until the link does not go on; the link keeps what is left
   * and gives it again when it goes on.
   *
   * @throws BananaException when the other side broke a rule that costs the connection; the link
   *     closes without sending what is queued, as Twisted does
   */
  public void receive(ByteBuf in) throws BananaException {
    reader.feed(in, arrivals);
  }

  /** Takes what the reader has made of what arrived. */
  private final class Arrivals implements BananaReader.Sink {
    @Override
    public void expression(Object expression) throws BananaException {
      broker.received(expression);
    }

    /** A failure costs one call and never the line: it is read past, as long as it has an end. */
    @Override
    public Pieces oversized(String reason) throws BananaException {
      if (!broker.isOpen() || !readsPast) {
        throw new BananaException(reason);
      }
      return new OversizedMessage(reason, broker, incoming);
    }
  }

  void use(Dialect dialect) {
    reader.use(dialect);
  }

  /** A message has been carried out; the next may have to wait. */
  void delivered() {
    if (!link.goesOn()) {
      reader.pause();
    }
  }

  /**
   * Changes what is read at most: before this returns on the own thread, else soon. Thread: any.
   *
   * @param readPast whether what is beyond it costs its call alone, and not the connection: not for
   *     strangers, who would have us read for nothing
   */
  public void readAtMost(BananaLimits limits, boolean readPast) {
    if (link.isOwnThread()) {
      reader.limits(limits);
      readsPast = readPast;
    } else {
      link.tryExecute(() -> readAtMost(limits, readPast));
    }
  }

  /** Whether an expression has begun and not ended. */
  public boolean isInsideExpression() {
    return reader.isInside();
  }

  /** How many expressions have ended. */
  public long expressionsRead() {
    return reader.expressions();
  }

  /** How much came of the one that has not. */
  public long bytesOfExpression() {
    return reader.expressionBytes();
  }

  /** The length of the message that is being carried out. */
  long receivedBytes() {
    return reader.lastExpressionBytes();
  }
}
