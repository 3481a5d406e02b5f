// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.Form;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.JellyWriter;
import dev.spindle.pb.jelly.Outward;
import dev.spindle.pb.jelly.RefusedValueException;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import dev.spindle.pb.jelly.TagReader;
import dev.spindle.pb.types.ByReference;
import dev.spindle.pb.types.OwnObject;
import dev.spindle.pb.types.RemoteObject;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jelly with this connection's references in it: {@code [remote n]} and {@code [local n]} both
 * ways, and the two tables behind them.
 *
 * <p>Thread: the connection's. Source: reference, section 10.
 */
final class ValueCodec implements Outward {
  private static final ByteString REMOTE = Messages.REMOTE;
  private static final ByteString LOCAL = Messages.LOCAL;

  private final Broker broker;
  private final Link link;
  private final BrokerSettings settings;
  private final Exports exports;
  private final Imports imports;
  private final JellyWriter jellyWriter = new JellyWriter(this);
  private final JellyReader jellyReader;
  private Dialect dialect = Dialect.NONE;
  private @Nullable BananaWriter writer;
  private @Nullable ByteBuf writersBuffer;

  ValueCodec(Broker broker, Link link, BrokerSettings settings) {
    this.broker = broker;
    this.link = link;
    this.settings = settings;
    this.exports = new Exports(settings.maxReferences(), MethodTables.of(settings.types()));
    this.imports = new Imports(broker);
    Map<ByteString, TagReader> tags =
        Map.of(
            REMOTE,
            (list, reader) -> imports.received(id(list)),
            LOCAL,
            (list, reader) -> home(list),
            ByteString.utf8("cached"),
            (list, reader) -> unknownCache(list),
            ByteString.utf8("lcache"),
            (list, reader) -> unknownCache(list),
            Failures.TAG,
            Failures::read);
    this.jellyReader =
        new JellyReader(
            tag -> {
              TagReader own = tags.get(tag);
              return own != null ? own : settings.types().readerOf(tag);
            });
  }

  void use(Dialect chosen) {
    dialect = chosen;
    writersBuffer = null;
  }

  Exports exports() {
    return exports;
  }

  MethodTables tables() {
    return MethodTables.of(settings.types());
  }

  Imports imports() {
    return imports;
  }

  /** A writer at the end of what goes out next. */
  BananaWriter writer() {
    ByteBuf out = link.out();
    BananaWriter current = writer;
    if (current == null || writersBuffer != out) {
      current = new BananaWriter(out, dialect, settings.limits());
      writer = current;
      writersBuffer = out;
    }
    return current;
  }

  BananaWriter writer(Dialect spoken) {
    return new BananaWriter(link.out(), spoken, settings.limits());
  }

  JellyWriter jelly() {
    return jellyWriter;
  }

  // ---- reading ----

  @Nullable Object read(Object expression) throws RefusedValueException {
    return counted(JellyReader::read, expression);
  }

  @Nullable Object[] readArguments(Object expression) throws RefusedValueException {
    return counted(JellyReader::readArguments, expression);
  }

  Map<String, @Nullable Object> readKeywords(Object expression) throws RefusedValueException {
    return counted(JellyReader::readKeywords, expression);
  }

  private interface Reading<T extends @Nullable Object> {
    T read(JellyReader reader, Object expression) throws RefusedValueException;
  }

  /** Counts the references in a value; one that cannot be read is paid back whole. */
  private <T extends @Nullable Object> T counted(Reading<T> reading, Object expression)
      throws RefusedValueException {
    try {
      T value = reading.read(jellyReader, expression);
      imports.commit();
      return value;
    } catch (RefusedValueException e) {
      imports.rollBack();
      broker.payUnread(expression);
      throw e;
    }
  }

  /** A number or a name. */
  private static Object id(BananaList list) throws RefusedValueException {
    if (list.size() < 2) {
      throw new RefusedValueException(Fault.INDEX, list + " without an identifier");
    }
    Object id = list.get(1);
    if (id instanceof Long || id instanceof ByteString) {
      return id;
    }
    throw new RefusedValueException(Fault.TYPE, list + ": expected a number or a name");
  }

  /** No cache is ever sent or taken yet, so that every number of one is unknown. */
  private static Object unknownCache(BananaList list) throws RefusedValueException {
    throw new RefusedValueException(Fault.KEY, id(list).toString());
  }

  /** An object of ours comes home; one that we do not know (any more) is None. */
  private @Nullable Object home(BananaList list) throws RefusedValueException {
    Export export = exports.get(id(list));
    return export == null ? null : export.object();
  }

  // ---- writing ----

  @Override
  public boolean isReference(Object value) {
    return value instanceof ByReference || RemoteObject.behind(value) != null;
  }

  @Override
  public void writeReference(Object value, BananaWriter out) {
    if (referenceOf(value) instanceof RemoteReference reference) {
      if (reference.broker() != broker) {
        throw new UnsendableException(
            reference + " belongs to another connection and cannot be passed on");
      }
      out.list(2);
      out.string(LOCAL);
      out.expression(reference.holding().id);
    } else {
      Referenceable ours =
          value instanceof OwnObject own ? new InterfaceExposure(own) : (Referenceable) value;
      long number = exports.add(ours);
      out.list(2);
      out.string(REMOTE);
      out.integer(number);
    }
  }

  /** What a proxy stands for, or the value itself. */
  private static Object referenceOf(Object value) {
    RemoteObject remote = RemoteObject.behind(value);
    return remote != null ? remote : value;
  }

  @Override
  public @Nullable Form formOf(Object value) {
    return value instanceof RemoteException failure
        ? Failures.form(failure)
        : settings.types().formOf(value, Optional.empty());
  }

  /** The connection ended. */
  void clear() {
    imports.clear();
    exports.clear();
  }
}
