// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the other side does that it should not, and that harms nothing here: where Twisted ends the
 * connection we go on, and count.
 *
 * <p>Told of in the log at the first, second, fourth, eighth … time of each kind, so that a peer
 * that does nothing else cannot fill it.
 *
 * <p>Thread: the connection's.
 */
final class Tolerated {
  private static final Logger LOG = LoggerFactory.getLogger(Tolerated.class);

  /** What may be amiss. */
  enum Kind {
    /** A command that we do not know. */
    UNKNOWN_COMMAND("unknown command"),
    /** A message of ours that the other side did not understand. */
    NOT_UNDERSTOOD("does not understand our command"),
    /** An answer to a call of ours that wants none, or none any more. */
    STRAY_ANSWER("nobody waits for the"),
    /** A call that wants no answer and has no object, no method or no fitting arguments. */
    NOT_CARRIED_OUT("a call that wants no answer is not carried out:"),
    /** A message beyond a limit. */
    OVERSIZED("a message was read past:");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** Longest text told of one message, in chars. */
  private static final int MAX_SHOWN = 500;

  private final Link link;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  Tolerated(Link link) {
    this.link = link;
  }

  /**
   * @param what the message, as far as it is known; its text is told, up to a length
   */
  void count(Kind kind, Object what) {
    long count = counts.merge(kind, 1L, Long::sum);
    if (Long.bitCount(count) == 1) {
      LOG.warn("{}: {} {}; {} so far", link.remoteAddress(), kind.words, shown(what), count);
    }
  }

  private static String shown(Object what) {
    String text = what.toString();
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }

  long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }
}
