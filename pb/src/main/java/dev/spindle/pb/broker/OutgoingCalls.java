// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.PbListener.Outcome;
import dev.spindle.pb.jelly.RefusedValueException;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of ours that wait for an answer.
 *
 * <p>Thread: the connection's. Source: reference, sections 8.3 and 9.
 */
final class OutgoingCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingCalls.class);

  private final Broker broker;
  private final ValueCodec values;
  private final Deadlines deadlines;

  /**
   * By request number. Not a map of primitive keys with open addressing: numbers come in a row, and
   * each removal from a row of n moves or looks at all of it.
   */
  private final Map<Long, PendingCall> pending = new HashMap<>();

  /**
   * Calls whose answers nobody waits for any more, with what of ours they mentioned: the other side
   * may still send it home.
   */
  private final RareMap<Object, List<Counted>> givenUp = new RareMap<>();

  private long lastRequest;

  OutgoingCalls(Broker broker, ValueCodec values, Deadlines deadlines) {
    this.broker = broker;
    this.values = values;
    this.deadlines = deadlines;
  }

  /** Whether we wait for no answer. */
  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** How many answers the other side owes, wanted or not. */
  int unanswered() {
    return pending.size() + givenUp.size();
  }

  /** Writes a call. One that cannot be sent fails and leaves nothing behind. */
  void send(PendingCall call) {
    BananaWriter out = values.writer();
    int mark = out.begin();
    values.sendFor(call.perspective());
    try {
      write(call, lastRequest + 1, out);
      out.end();
    } catch (RuntimeException | Error e) {
      // Whatever it is: half a message would break the connection.
      out.rollBack(mark);
      values.exports().rollBack();
      notSent(call, Failures.unsent(call, e));
      return;
    } finally {
      values.sendFor(null);
    }
    call.letGoOfArguments();
    if (call.observed != null) {
      call.observed.requestBytes = out.mark() - mark;
    }
    sent(call, ++lastRequest);
  }

  private void notSent(PendingCall call, UnsendableException why) {
    if (!call.wanted) {
      LOG.warn(
          "{}: {}; told here, since nobody waits for it", broker.remoteAddress(), why.getMessage());
    }
    broker.outbox().notSent(call, why);
  }

  private void sent(PendingCall call, Long request) {
    if (call.wanted) {
      call.mentioned = values.exports().commitMentioned();
      call.request = request;
      pending.put(request, call);
      if (call.isDone()) {
        giveUp(call); // Meanwhile, by another thread that may not have seen the number.
      }
    } else {
      values.exports().commit();
      forgetDeadline(call);
      if (call.observed != null) {
        call.observed.ended(Outcome.ANSWERED, null);
      }
      call.complete(null);
    }
  }

  private void write(PendingCall call, long request, BananaWriter out) {
    out.list(7);
    out.string(call.command());
    out.integer(request);
    Object id = call.targetId();
    if (id instanceof Long number) {
      out.integer(number);
    } else {
      out.string((ByteString) id);
    }
    out.string(call.method);
    out.integer(call.wanted ? 1 : 0);
    values.jelly().writeArguments(call.args, out);
    values.jelly().writeKeywords(call.keywords, out);
  }

  void answer(Object request, Object value) throws BananaException {
    PendingCall call = take(request, Messages.ANSWER);
    if (call == null) {
      broker.debts().payUnread(value);
    } else {
      complete(call, value);
    }
    answered(request, call);
  }

  private void complete(PendingCall call, Object value) {
    try {
      call.answered(values.read(value));
    } catch (RefusedValueException e) {
      call.unreadable(Messages.ANSWER, why(e), e);
    }
  }

  void error(Object request, Object failure) throws BananaException {
    PendingCall call = take(request, Messages.ERROR);
    if (call == null) {
      broker.debts().payUnread(failure);
    } else {
      fail(call, failure);
    }
    answered(request, call);
  }

  private void fail(PendingCall call, Object failure) {
    try {
      call.fail(Outcome.FAILED, Failures.exceptionOf(values.read(failure), values.types()));
    } catch (RefusedValueException e) {
      call.unreadable(Messages.ERROR, why(e), e);
    }
  }

  /** The words are Twisted's, since a peer is told the same; the mend is for who made the call. */
  private static @Nullable String why(RefusedValueException e) {
    String why = e.getMessage();
    if (e.fault() != Fault.INSECURE || why == null) {
      return why;
    }
    String sentence = why.endsWith(".") ? why : why + ".";
    return sentence + " To read it, register that type in this endpoint's Types";
  }

  /** An answer or error exceeded a limit and was read past. */
  void oversized(Object request, ByteString command, String reason) throws BananaException {
    PendingCall call = take(request, command);
    if (call != null) {
      call.unreadable(command, reason, null);
    }
    answered(request, call);
  }

  /** What of ours the call mentioned need not be found any more, if only it mentioned it. */
  private void answered(Object request, @Nullable PendingCall call) {
    List<Counted> mentioned = call == null ? givenUp.remove(request) : call.mentioned;
    if (mentioned != null) {
      values.exports().answered(mentioned);
    }
  }

  /**
   * The call that is answered, or null when its answer is not waited for: it was given up, it has
   * had one, or wanted none. Numbers are never used again, so that such an answer can be mistaken
   * for no other.
   *
   * @throws BananaException when no call ever had this number, so that the other side must be
   *     answering somebody else
   */
  private @Nullable PendingCall take(Object request, ByteString command) throws BananaException {
    if (!(request instanceof Long number) || number < 1 || number > lastRequest) {
      throw new BananaException(
          command.utf8() + " for request " + request + ", which was never made");
    }
    PendingCall call = pending.remove(number);
    if (call == null) {
      countIfStray(number, command);
      return null;
    }
    call.request = null;
    if (call.isDone()) { // By another thread, which is on its way here to say so.
      givenUp.put(number, call.mentioned);
      forget(call);
      return null;
    }
    forgetDeadline(call);
    if (call.observed != null) {
      call.observed.answerBytes = broker.inbox().receivedBytes();
    }
    return call;
  }

  private void countIfStray(Long number, ByteString command) {
    if (!givenUp.has(number)) {
      broker
          .tolerated()
          .count(Tolerated.Kind.STRAY_ANSWER, command.utf8() + " for request " + number);
    }
  }

  /** Nobody waits for this answer any more. */
  void giveUp(PendingCall call) {
    Long request = call.request;
    if (request != null && pending.remove(request, call)) {
      call.request = null;
      givenUp.put(request, call.mentioned);
      forget(call);
    }
  }

  /** Whoever made this call has ended it. */
  void forget(PendingCall call) {
    forgetDeadline(call);
    if (call.observed != null) {
      call.observed.failed(ObservedCall.failureOf(call));
    }
  }

  private void forgetDeadline(PendingCall call) {
    if (call.due != null) {
      deadlines.remove(call.due);
    }
  }

  /** The connection ended. */
  void fail(ConnectionLostException why) {
    deadlines.clear();
    List<PendingCall> calls = List.copyOf(pending.values());
    pending.clear();
    givenUp.clear();
    for (PendingCall call : calls) {
      call.request = null;
      // Each its own, since each tells of its own call.
      call.fail(Outcome.LOST, new ConnectionLostException(why.getMessage()));
    }
  }
}
