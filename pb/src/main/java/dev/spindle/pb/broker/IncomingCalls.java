// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.PbListener.Direction;
import dev.spindle.pb.broker.PbListener.Outcome;
import dev.spindle.pb.jelly.RefusedValueException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the other side's calls, in the order of arrival, and answers in the order of
 * completion.
 *
 * <p>Thread: the connection's. Source: reference, sections 8.3 and 9.
 */
final class IncomingCalls implements Messages.Handler {
  private final Broker broker;
  private final Link link;
  private final ValueCodec values;
  private final BrokerSettings settings;
  private int inFlight;
  private boolean held;
  private Link.Reading reading = Link.Reading.WHILE_READ;

  IncomingCalls(Broker broker, Link link, ValueCodec values, BrokerSettings settings) {
    this.broker = broker;
    this.link = link;
    this.values = values;
    this.settings = settings;
  }

  @Override
  public void message(
      Object request, Object object, ByteString name, boolean wanted, Object args, Object kw) {
    Export export;
    try {
      export = values.exports().callable(object);
    } catch (IllegalArgumentException e) {
      // Published while we run, and looked at for the first time.
      refuse(unknown(wanted ? request : null, name), Failures.notExposable(e), args, kw);
      return;
    }
    if (export == null) {
      refuse(unknown(wanted ? request : null, name), Failures.invalidObject(), args, kw);
    } else {
      carryOut(wanted ? request : null, export.callee().toward(name), name, args, kw);
    }
  }

  private void carryOut(
      @Nullable Object request, Callee callee, ByteString name, Object args, Object kw) {
    Call call =
        callee.perspective() == null
            ? new Call(request)
            : new CallFor(request, callee.perspective());
    ExposedMethod method = callee.method(name);
    observe(call, name, method != null);
    if (method == null) {
      refuse(call, callee.noSuchMethod(name), args, kw);
      return;
    }
    if (mustRefuse() && !method.isImmediate()) {
      refuse(call, Failures.tooManyCalls(inFlight), args, kw);
      return;
    }
    @Nullable Object[] bound;
    try {
      bound = bind(callee, method, args, kw);
    } catch (RefusedValueException | RuntimeException | Error e) {
      call.fail(e);
      tellRefused(callee, e);
      return;
    }
    if (method.isBlocking()) {
      runBlocking(call, () -> call.run(method, callee.object(), bound));
    } else {
      call.run(method, callee.object(), bound);
    }
  }

  /** A call of something that is not there. */
  private Call unknown(@Nullable Object request, @Nullable ByteString name) {
    Call call = new Call(request);
    observe(call, name == null ? ByteString.EMPTY : name, false);
    return call;
  }

  private void observe(Call call, ByteString name, boolean isKnown) {
    call.observed = broker.observed(Direction.IN, name, isKnown, broker.receivedBytes());
  }

  /** Fails a call whose arguments nobody reads: what they mention is paid back all the same. */
  private void refuse(Call call, PbError why, Object args, Object kw) {
    broker.payUnread(args);
    broker.payUnread(kw);
    call.fail(why);
  }

  private static void tellRefused(Callee callee, Throwable why) {
    if (callee.object() instanceof ReferenceListener listener) {
      UserCode.run(() -> listener.refused(why));
    }
  }

  private void runBlocking(Call call, Runnable task) {
    call.begun();
    try {
      settings.blocking().execute(link.inContext(task));
    } catch (RejectedExecutionException e) {
      call.fail(Failures.endpointClosed());
    }
  }

  int underWay() {
    return inFlight;
  }

  private boolean isFull() {
    return inFlight >= settings.maxCallsInFlight();
  }

  /** Whether there is no room for a call, and reading cannot stop to make its sender wait. */
  private boolean mustRefuse() {
    return isFull() && broker.awaitsAnswers();
  }

  /** Stops reading, whatever else may be wanted, until told otherwise. */
  void hold(boolean on) {
    held = on;
    pace();
  }

  /**
   * Stops reading while too many calls are under way, but not while we wait for answers ourselves:
   * they come the same way, and calls under way may wait for them.
   */
  void pace() {
    Link.Reading wanted = held ? Link.Reading.NOTHING : unlessHeld();
    if (wanted != reading) {
      reading = wanted;
      link.read(wanted);
    }
  }

  private Link.Reading unlessHeld() {
    return broker.awaitsAnswers() ? Link.Reading.ANSWERS : whenNothingIsAwaited();
  }

  private Link.Reading whenNothingIsAwaited() {
    return isFull() ? Link.Reading.NOTHING : Link.Reading.WHILE_READ;
  }

  private @Nullable Object[] bind(Callee callee, ExposedMethod method, Object args, Object kw)
      throws RefusedValueException {
    Object perspective = callee.perspective();
    if (perspective == null) {
      return read(callee, method, args, kw);
    }
    values.imports().receiveFor(perspective);
    try {
      return read(callee, method, args, kw);
    } finally {
      values.imports().receiveFor(null);
    }
  }

  private @Nullable Object[] read(Callee callee, ExposedMethod method, Object args, Object kw)
      throws RefusedValueException {
    @Nullable Object[] positional;
    try {
      positional = values.readArguments(args);
    } catch (RefusedValueException e) {
      broker.payUnread(kw);
      throw e;
    }
    Map<String, @Nullable Object> keywords =
        callee.takesBytesAsKeywords() ? values.readKeywords(kw) : values.readTextKeywords(kw);
    return method.bind(positional, keywords, broker, callee.perspective());
  }

  @Override
  public void cacheMessage(
      Object request, Object cache, ByteString name, boolean wanted, Object args, Object kw) {
    CacheImport copy = values.cacheImports().get(cache);
    if (copy == null) {
      PbError why = Failures.python("builtins.KeyError", String.valueOf(cache));
      refuse(unknown(wanted ? request : null, name), why, args, kw);
    } else {
      carryOut(wanted ? request : null, copy.callee(), name, args, kw);
    }
  }

  @Override
  public void answer(Object request, Object value) throws BananaException {
    broker.outgoing().answer(request, value);
    pace();
  }

  @Override
  public void error(Object request, Object failure) throws BananaException {
    broker.outgoing().error(request, failure);
    pace();
  }

  @Override
  public void decref(Object object) throws BananaException {
    values.exports().decref(object);
  }

  @Override
  public void decache(Object cache) throws BananaException {
    values.cacheExports().decache(cache);
  }

  @Override
  public void uncache(Object cache) throws BananaException {
    values.cacheImports().uncache(cache);
  }

  @Override
  public void notUnderstood(Object command) {
    broker.tolerated().count(Tolerated.Kind.NOT_UNDERSTOOD, command);
  }

  @Override
  public void unknownCommand(ByteString command) {
    broker.tolerated().count(Tolerated.Kind.UNKNOWN_COMMAND, command);
    Messages.writeNotUnderstood(command, values.writer());
    link.flushSoon();
  }

  @Override
  public void unreadableMethod(
      Object request, Object method, boolean wanted, Object args, Object kw) {
    refuse(unknown(wanted ? request : null, null), Failures.noMethodName(method), args, kw);
  }

  @Override
  public void oversizedCall(
      Object request, @Nullable ByteString method, boolean wanted, String reason) {
    broker.tolerated().count(Tolerated.Kind.OVERSIZED, reason);
    broker.refused(reason);
    unknown(wanted ? request : null, method).fail(Failures.oversizedCall(method, reason));
  }

  @Override
  public void oversizedAnswer(Object request, ByteString command, String reason)
      throws BananaException {
    broker.tolerated().count(Tolerated.Kind.OVERSIZED, reason);
    broker.refused(reason);
    broker.outgoing().oversized(request, command, reason);
    pace();
  }

  /** A call whose outcome is sent on somebody's behalf. */
  private final class CallFor extends Call {
    private final Object perspective;

    CallFor(@Nullable Object request, Object perspective) {
      super(request);
      this.perspective = perspective;
    }

    @Override
    Object perspective() {
      return perspective;
    }
  }

  /** One call under way. */
  private class Call {
    /** Null when no answer is wanted. */
    private final @Nullable Object request;

    private boolean counted;
    private boolean ended;

    /** Knows the type of the answer; null until the method runs. */
    private @Nullable ExposedMethod answering;

    /** What a listener is told of it; null without one. */
    private @Nullable ObservedCall observed;

    Call(@Nullable Object request) {
      this.request = request;
    }

    /** On whose behalf the outcome is sent. */
    @Nullable Object perspective() {
      return null;
    }

    /** Counts the call as one that will be answered later. */
    void begun() {
      counted = true;
      inFlight++;
      pace();
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
      if (link.isOwnThread() && !values.isAskingUser()) {
        task.run();
      } else {
        // A closed endpoint has nobody left to answer.
        link.tryExecute(task);
      }
    }

    void succeed(@Nullable Object value) {
      if (!finish() || request == null || !broker.isOpen()) {
        values.exports().unsent(value);
        tell(request == null ? Outcome.ANSWERED : Outcome.LOST, null);
        return;
      }
      Throwable fault = tryWrite(Messages.ANSWER, value);
      if (fault != null) {
        values.exports().unsent(value);
        writeError(unsendable("answer", fault));
      }
      tell(fault == null ? Outcome.ANSWERED : Outcome.FAILED, fault);
    }

    void fail(Throwable error) {
      UserCode.reportIfGrave(error);
      if (finish() && request != null && broker.isOpen()) {
        writeError(error);
      }
      tell(request == null || broker.isOpen() ? Outcome.FAILED : Outcome.LOST, error);
    }

    private void tell(Outcome outcome, @Nullable Throwable error) {
      if (observed != null) {
        observed.ended(outcome, error);
      }
    }

    /** Its type, its text or its state may be at fault, for which nobody should wait for ever. */
    private void writeError(Throwable error) {
      Throwable fault = tryWrite(Messages.ERROR, Failures.carried(error, settings));
      if (fault != null) {
        fault = tryWrite(Messages.ERROR, Failures.carried(unsendable("error", fault), settings));
      }
      if (fault != null) {
        // Not even a short text has room beside what the caller has for a request number.
        broker.dropping("no answer has room beside the request number of a call");
        link.closeAfterFlush();
      }
    }

    /** Whether this is the first end of the call: the stages of users may complete twice. */
    private boolean finish() {
      if (counted) {
        counted = false;
        inFlight--;
        pace();
      }
      boolean first = !ended;
      ended = true;
      return first;
    }

    /** Writes {@code [kind request value]} whole, or nothing and says why. */
    private @Nullable Throwable tryWrite(ByteString kind, @Nullable Object value) {
      BananaWriter out = values.writer();
      int mark = out.begin();
      values.sendFor(perspective());
      try {
        Object wire =
            kind == Messages.ANSWER && answering != null ? answering.answer(value) : value;
        out.list(3);
        out.string(kind);
        out.expression(java.util.Objects.requireNonNull(request));
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
      link.flushSoon();
      return null;
    }

    private Throwable unsendable(String what, Throwable e) {
      return e instanceof PbError ? e : Failures.unsendable(what, e);
    }
  }
}
