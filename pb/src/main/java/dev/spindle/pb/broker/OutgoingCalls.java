// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.RefusedValueException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of ours that wait for an answer.
 *
 * <p>Thread: the connection's. Source: reference, sections 8.3 and 9.
 */
final class OutgoingCalls {
  private final Broker broker;
  private final ValueCodec values;

  /**
   * By request number. Not a map of primitive keys with open addressing: numbers come in a row, and
   * each removal from a row of n moves or looks at all of it.
   */
  private final Map<Long, PendingCall> pending = new HashMap<>();

  private long lastRequest;

  OutgoingCalls(Broker broker, ValueCodec values) {
    this.broker = broker;
    this.values = values;
  }

  boolean isEmpty() {
    return pending.isEmpty();
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
      call.fail(Failures.unsent(call, e));
      return;
    } finally {
      values.sendFor(null);
    }
    lastRequest++;
    if (call.wanted) {
      call.mentioned = values.exports().commitMentioned();
      pending.put(lastRequest, call);
    } else {
      values.exports().commit();
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
    if (call == null || call.isDone()) {
      broker.payUnread(value);
    } else {
      complete(call, value);
    }
    answered(call);
  }

  private void complete(PendingCall call, Object value) {
    try {
      call.answered(values.read(value));
    } catch (RefusedValueException e) {
      call.unreadable(Messages.ANSWER, e.getMessage(), e);
    }
  }

  void error(Object request, Object failure) throws BananaException {
    PendingCall call = take(request, Messages.ERROR);
    if (call == null || call.isDone()) {
      broker.payUnread(failure);
    } else {
      fail(call, failure);
    }
    answered(call);
  }

  private void fail(PendingCall call, Object failure) {
    try {
      call.fail(Failures.exceptionOf(values.read(failure), values.types()));
    } catch (RefusedValueException e) {
      call.unreadable(Messages.ERROR, e.getMessage(), e);
    }
  }

  /** An answer or error exceeded a limit and was read past. */
  void oversized(Object request, ByteString command, String reason) throws BananaException {
    PendingCall call = take(request, command);
    if (call != null) {
      call.unreadable(command, reason, null);
    }
    answered(call);
  }

  private void answered(@Nullable PendingCall call) {
    if (call != null) {
      values.exports().answered(call.mentioned);
    }
  }

  /**
   * The call that is answered, or null when its answer is not waited for: it has had one, or wanted
   * none. Numbers are never used again, so that such an answer can be mistaken for no other.
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
      broker
          .tolerated()
          .count(Tolerated.Kind.STRAY_ANSWER, command.utf8() + " for request " + request);
    }
    return call;
  }

  /** The connection ended. */
  void fail(ConnectionLostException why) {
    List<PendingCall> calls = List.copyOf(pending.values());
    pending.clear();
    // Each its own, since each tells of its own call.
    calls.forEach(call -> call.fail(new ConnectionLostException(why.getMessage())));
  }
}
