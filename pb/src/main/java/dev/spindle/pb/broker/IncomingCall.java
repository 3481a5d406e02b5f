// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.PbListener.Outcome;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One call of the other side, from its beginning to its answer: exactly one, whatever happens.
 *
 * <p>Thread: the connection's, but for {@link #run}. Source: reference, section 9.
 */
final class IncomingCall {
  private final IncomingCalls calls;

  /** Null when no answer is wanted. */
  private final @Nullable Object request;

  /** On whose behalf the outcome is sent, or null. */
  private final @Nullable Object perspective;

  private boolean counted;
  private boolean ended;

  /** Knows the type of the answer; null until the method runs. */
  private @Nullable ExposedMethod answering;

  /** What a listener is told of it; null without one. */
  private @Nullable ObservedCall observed;

  IncomingCall(IncomingCalls calls, @Nullable Object request, @Nullable Object perspective) {
    this.calls = calls;
    this.request = request;
    this.perspective = perspective;
  }

  void observe(@Nullable ObservedCall told) {
    observed = told;
  }

  /** Counts the call as one that will be answered later. */
  void begun() {
    counted = true;
    calls.begun();
  }

  /** Runs user code: on the connection's thread, or on one of its own. */
  void run(ExposedMethod method, Object target, @Nullable Object[] bound) {
    Object result;
    answering = method;
    try {
      result = method.invoke(target, bound);
    } catch (Throwable thrown) {
      onOwnThread(() -> fail(thrown));
      return;
    }
    if (result instanceof CompletionStage<?> later) {
      onOwnThread(() -> await(later));
    } else {
      onOwnThread(() -> succeed(result));
    }
  }

  private void await(CompletionStage<?> later) {
    if (!counted) {
      begun();
    }
    try {
      later.whenComplete((value, error) -> onOwnThread(() -> end(value, error)));
    } catch (RuntimeException | Error e) {
      fail(e); // A stage of the user's own making.
    }
  }

  private void end(@Nullable Object value, @Nullable Throwable error) {
    if (error != null) {
      fail(error);
    } else {
      succeed(value);
    }
  }

  private void onOwnThread(Runnable task) {
    if (calls.link().isOwnThread() && !calls.values().isAskingUser()) {
      task.run();
    } else {
      // A closed endpoint has nobody left to answer.
      calls.link().tryExecute(task);
    }
  }

  private void succeed(@Nullable Object value) {
    Exports exports = calls.values().exports();
    if (!finish() || request == null || !calls.broker().isOpen()) {
      exports.unsent(value);
      tell(request == null ? Outcome.ANSWERED : Outcome.LOST, null);
      return;
    }
    Throwable fault = tryWrite(Messages.ANSWER, value);
    if (fault != null) {
      exports.unsent(value);
      if (answering != null) {
        calls.unexpected().thrownBy(answering, fault, true);
      }
      writeError(unsendable("answer", fault));
    }
    tell(fault == null ? Outcome.ANSWERED : Outcome.FAILED, fault);
  }

  void fail(Throwable error) {
    UserCode.reportIfGrave(error);
    if (!ended) {
      log(error);
    }
    boolean isOpen = calls.broker().isOpen();
    if (finish() && request != null && isOpen) {
      writeError(error);
    }
    tell(request == null || isOpen ? Outcome.FAILED : Outcome.LOST, error);
  }

  private void log(Throwable error) {
    if (answering != null) {
      calls.unexpected().thrownBy(answering, error, request != null);
    } else if (request == null) {
      calls.broker().tolerated().count(Tolerated.Kind.NOT_CARRIED_OUT, Failures.described(error));
    }
  }

  private void tell(Outcome outcome, @Nullable Throwable error) {
    if (observed != null) {
      observed.ended(outcome, error);
    }
  }

  /** Its type, its text or its state may be at fault, for which nobody should wait for ever. */
  private void writeError(Throwable error) {
    BrokerSettings settings = calls.settings();
    Throwable fault = tryWrite(Messages.ERROR, Failures.carried(error, settings));
    if (fault != null) {
      fault = tryWrite(Messages.ERROR, Failures.carried(unsendable("error", fault), settings));
    }
    if (fault != null) {
      // Not even a short text has room beside what the caller has for a request number.
      calls.broker().dropping("no answer has room beside the request number of a call");
      calls.link().closeAfterFlush();
    }
  }

  /** Whether this is the first end of the call: the stages of users may complete twice. */
  private boolean finish() {
    if (counted) {
      counted = false;
      calls.ended();
    }
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** Writes {@code [kind request value]} whole, or nothing and says why. */
  private @Nullable Throwable tryWrite(ByteString kind, @Nullable Object value) {
    ValueCodec values = calls.values();
    BananaWriter out = values.writer();
    int mark = out.begin();
    values.sendFor(perspective);
    try {
      Object wire = kind == Messages.ANSWER && answering != null ? answering.answer(value) : value;
      out.list(3);
      out.string(kind);
      out.expression(Objects.requireNonNull(request));
      values.jelly().write(wire, out);
      out.end();
    } catch (RuntimeException | Error e) {
      // Whatever it is: half a message would break the connection.
      UserCode.reportIfGrave(e);
      out.rollBack(mark);
      values.exports().rollBack();
      return e;
    } finally {
      values.sendFor(null);
    }
    values.exports().commit();
    if (observed != null) {
      observed.answerBytes = out.mark() - mark;
    }
    calls.link().flushSoon();
    return null;
  }

  private static Throwable unsendable(String what, Throwable e) {
    return e instanceof PbError ? e : Failures.unsendable(what, e);
  }
}
