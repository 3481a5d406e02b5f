// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.PbListener.Direction;
import dev.spindle.pb.jelly.RefusedValueException;
import java.util.Map;
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
  private final UnexpectedErrors unexpected;
  private int inFlight;
  private boolean held;
  private Link.Reading reading = Link.Reading.WHILE_READ;

  IncomingCalls(Broker broker, Link link, ValueCodec values, BrokerSettings settings) {
    this.broker = broker;
    this.link = link;
    this.values = values;
    this.settings = settings;
    this.unexpected = new UnexpectedErrors(link, settings.types());
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
    IncomingCall call = new IncomingCall(this, request, callee.perspective());
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
  private IncomingCall unknown(@Nullable Object request, @Nullable ByteString name) {
    IncomingCall call = new IncomingCall(this, request, null);
    observe(call, name == null ? ByteString.EMPTY : name, false);
    return call;
  }

  private void observe(IncomingCall call, ByteString name, boolean isKnown) {
    call.observe(broker.observed(Direction.IN, name, isKnown, broker.inbox().receivedBytes()));
  }

  /** Fails a call whose arguments nobody reads: what they mention is paid back all the same. */
  private void refuse(IncomingCall call, PbError why, Object args, Object kw) {
    broker.debts().payUnread(args);
    broker.debts().payUnread(kw);
    call.fail(why);
  }

  private static void tellRefused(Callee callee, Throwable why) {
    if (callee.object() instanceof ReferenceListener listener) {
      UserCode.run(() -> listener.refused(why));
    }
  }

  private void runBlocking(IncomingCall call, Runnable task) {
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

  /** A call will be answered later. */
  void begun() {
    inFlight++;
    pace();
  }

  /** One that was has been. */
  void ended() {
    inFlight--;
    pace();
  }

  Broker broker() {
    return broker;
  }

  /** What users' methods throw. */
  UnexpectedErrors unexpected() {
    return unexpected;
  }

  Link link() {
    return link;
  }

  ValueCodec values() {
    return values;
  }

  BrokerSettings settings() {
    return settings;
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
      broker.debts().payUnread(kw);
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
}
