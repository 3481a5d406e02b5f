// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Pieces;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message that exceeds a limit: finds out which call it belongs to, so that this one fails and no
 * other, and which references it mentions, so that they are paid back.
 *
 * <p>Takes memory for the depth and for the references alone, each of which has a bound.
 */
final class OversizedMessage implements Pieces {
  /** Most occurrences of references that are paid back of one message. */
  static final int MAX_REFERENCES = 1 << 20;

  private static final ByteString DICTIONARY = ByteString.utf8("dictionary");

  /** What the next element of an open list within the message would be. */
  private enum Next {
    /** The atom of a value, which says what the others are. */
    ATOM,
    VALUE,
    /** A pair, which has no atom of its own: {@code ["remote" 1]} in a dictionary is data. */
    PAIR,
    /** The number of a reference. */
    REFERENCE,
    /** Nothing that has a meaning here. */
    NOTHING
  }

  private final String reason;
  private final Broker broker;
  private final Messages.Handler handler;

  private boolean begun;
  private long size;
  private int index;
  private @Nullable ByteString command;
  private @Nullable Object request;
  private @Nullable ByteString method;
  private boolean answerWanted;

  private Next[] open = new Next[16];
  private int depth;
  private long[] references = new long[0];
  private int referenceCount;

  OversizedMessage(String reason, Broker broker, Messages.Handler handler) {
    this.reason = reason;
    this.broker = broker;
    this.handler = handler;
  }

  @Override
  public void list(long elements) {
    if (!begun) {
      begun = true;
      size = elements;
      return;
    }
    Next first = depth == 0 ? partBegins(elements > 0) : listWithin();
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
    }
    open[depth++] = first;
  }

  @Override
  public void element(Object element) throws BananaException {
    if (depth == 0) {
      part(element);
      return;
    }
    Next next = open[depth - 1];
    if (next == Next.ATOM) {
      open[depth - 1] = afterAtom(element);
    } else if (next == Next.REFERENCE) {
      open[depth - 1] = Next.NOTHING;
      if (element instanceof Long number) {
        mention(number);
      }
    }
  }

  @Override
  public void longString(long bytes) throws BananaException {
    if (!begun) {
      throw noMessage("a string of " + bytes + " bytes");
    }
    if (depth == 0) {
      partBegins(true);
    } else if (open[depth - 1] == Next.ATOM) {
      open[depth - 1] = Next.VALUE;
    }
  }

  @Override
  public void end() throws BananaException {
    if (depth > 0) {
      depth--;
    } else {
      ended();
      broker.inbox().delivered();
    }
  }

  // ---- the message's own elements ----

  /** Counts an element of the message and answers what a list there would begin with. */
  private Next partBegins(boolean isTrue) {
    int at = index++;
    if (at == 4) {
      answerWanted = isTrue;
    }
    boolean isValue = isCall() ? at == 5 || at == 6 : isAnswer() && at == 2;
    return isValue ? Next.ATOM : Next.NOTHING;
  }

  private void part(Object element) throws BananaException {
    if (!begun) {
      throw noMessage(String.valueOf(element));
    }
    int at = index;
    partBegins(Messages.isTrue(element));
    if (at == 0 && element instanceof ByteString string) {
      command = string;
    } else if (at == 1) {
      request = element;
    } else if (at == 3 && element instanceof ByteString string) {
      method = string;
    }
  }

  private boolean isCall() {
    return Messages.MESSAGE.equals(command) || Messages.CACHEMESSAGE.equals(command);
  }

  private boolean isAnswer() {
    return Messages.ANSWER.equals(command) || Messages.ERROR.equals(command);
  }

  private BananaException noMessage(String found) {
    return new BananaException(
        "expected a message, which is a list, found " + found + ": " + reason);
  }

  // ---- the references in its values ----

  private static Next afterAtom(Object atom) {
    if (Messages.REMOTE.equals(atom)) {
      return Next.REFERENCE;
    }
    return DICTIONARY.equals(atom) ? Next.PAIR : Next.VALUE;
  }

  private Next listWithin() {
    Next next = open[depth - 1];
    switch (next) {
      case VALUE:
        return Next.ATOM;
      case PAIR:
        return Next.VALUE;
      case ATOM:
        open[depth - 1] = Next.VALUE;
        return Next.NOTHING;
      case REFERENCE:
        open[depth - 1] = Next.NOTHING;
        return Next.NOTHING;
      default:
        return Next.NOTHING;
    }
  }

  private void mention(long number) throws BananaException {
    if (referenceCount == MAX_REFERENCES) {
      throw new BananaException(
          reason + ", with more than " + MAX_REFERENCES + " references in it");
    }
    if (referenceCount == references.length) {
      references = Arrays.copyOf(references, Math.max(16, 2 * referenceCount));
    }
    references[referenceCount++] = number;
  }

  // ---- its end ----

  private void ended() throws BananaException {
    if (command == null) {
      throw new BananaException("expected a message that begins with a command: " + reason);
    }
    if (!Messages.isKnown(command)) {
      handler.unknownCommand(command);
      return;
    }
    Messages.requireSize(command, size);
    if (!isCall() && !isAnswer()) {
      throw new BananaException("command " + command + ": " + reason);
    }
    if (request == null) {
      throw new BananaException("command " + command + " whose request cannot be told: " + reason);
    }
    for (int i = 0; i < referenceCount; i++) {
      broker.debts().payBack(references[i], 1);
    }
    if (isCall()) {
      handler.oversizedCall(request, method, answerWanted, reason);
    } else {
      handler.oversizedAnswer(request, command, reason);
    }
  }
}
