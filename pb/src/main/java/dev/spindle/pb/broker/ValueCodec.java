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
import dev.spindle.pb.types.Types;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Objects;
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

  /** Reads what has a meaning on this connection alone. */
  private interface OwnTag {
    @Nullable Object read(ValueCodec codec, BananaList list, JellyReader reader)
        throws RefusedValueException;
  }

  private static final Map<ByteString, OwnTag> OWN_TAGS =
      Map.of(
          REMOTE,
          (codec, list, reader) -> codec.imports.received(id(list)),
          LOCAL,
          (codec, list, reader) -> codec.home(list),
          Messages.CACHED,
          (codec, list, reader) -> codec.cacheImports.again(id(list)),
          Messages.LCACHE,
          (codec, list, reader) -> codec.homeOfCache(list),
          Failures.TAG,
          (codec, list, reader) -> Failures.read(list, reader));

  private final Broker broker;
  private final Link link;
  private final BrokerSettings settings;
  private final MethodTables tables;
  private final Exports exports;
  private final Imports imports;
  private final CacheExports cacheExports;
  private final CacheImports cacheImports;
  private final JellyWriter jellyWriter = new JellyWriter(this);
  private final JellyReader jellyReader;
  private Dialect dialect = Dialect.NONE;
  private @Nullable BananaWriter writer;
  private @Nullable ByteBuf writersBuffer;

  /** On whose behalf values are being written, or null. */
  private @Nullable Object perspective;

  private boolean askingUser;

  ValueCodec(Broker broker, Link link, BrokerSettings settings) {
    this.broker = broker;
    this.link = link;
    this.settings = settings;
    TableLimit limit = new TableLimit(settings.maxReferences(), broker::goodbye);
    this.tables = MethodTables.of(settings.types());
    this.exports = new Exports(limit, tables);
    this.imports = new Imports(broker);
    this.cacheExports = new CacheExports(broker, exports, limit);
    this.cacheImports = new CacheImports(broker, settings.types(), settings.maxReferences());
    this.jellyReader = new JellyReader(this::readerOf);
  }

  void use(Dialect chosen) {
    dialect = chosen;
    writer = null;
    writersBuffer = null;
  }

  Types types() {
    return settings.types();
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

  CacheExports cacheExports() {
    return cacheExports;
  }

  CacheImports cacheImports() {
    return cacheImports;
  }

  /** The writer, at the end of what goes out next. */
  BananaWriter writer() {
    ByteBuf out = link.out();
    if (writersBuffer != out) {
      writersBuffer = out;
      if (writer == null) {
        writer = new BananaWriter(out, dialect, settings.limits());
      } else {
        writer.to(out);
      }
    }
    return Objects.requireNonNull(writer);
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

  /** Reads names of keyword arguments that are text alone. */
  Map<String, @Nullable Object> readTextKeywords(Object expression) throws RefusedValueException {
    return counted((reader, value) -> reader.readKeywords(value, false), expression);
  }

  /** The protocol's own tags come first: nothing that is registered can take their place. */
  private @Nullable TagReader readerOf(ByteString tag) {
    OwnTag own = OWN_TAGS.get(tag);
    if (own != null) {
      return (list, reader) -> own.read(this, list, reader);
    }
    TagReader copies = settings.types().readerOf(tag);
    return copies != null ? copies : cacheImports.readerOf(tag);
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
      cacheImports.commit();
      return value;
    } catch (RefusedValueException e) {
      imports.rollBack();
      cacheImports.rollBack();
      broker.debts().payUnread(expression);
      broker.refused(e.getMessage());
      throw e;
    } catch (RuntimeException | Error e) {
      // What a type of the user's own, a key's hashCode() for one, does while it is read.
      UserCode.reportIfGrave(e);
      imports.rollBack();
      cacheImports.rollBack();
      broker.debts().payUnread(expression);
      RefusedValueException refused =
          new RefusedValueException(Fault.VALUE, "reading it failed: " + Failures.described(e));
      broker.refused(refused.getMessage());
      throw refused;
    }
  }

  /** Reads a cache by itself, from a value that is not read; one that is refused leaves nothing. */
  Cached readCache(BananaList expression) throws RefusedValueException {
    try {
      Cached cached = (Cached) Objects.requireNonNull(jellyReader.read(expression));
      imports.commit();
      cacheImports.commit();
      return cached;
    } catch (RefusedValueException e) {
      imports.rollBack();
      cacheImports.rollBack();
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

  /** An object of ours of which the other side keeps a copy comes home. */
  private Object homeOfCache(BananaList list) throws RefusedValueException {
    Object number = id(list);
    Cacheable object = cacheExports.get(number);
    if (object == null) {
      throw new RefusedValueException(Fault.KEY, number.toString());
    }
    return object;
  }

  /** An object of ours comes home; one that we do not know (any more) is None. */
  private @Nullable Object home(BananaList list) throws RefusedValueException {
    Export export = exports.get(id(list));
    return export == null ? null : export.object();
  }

  // ---- writing ----

  /** Says on whose behalf what follows is written: null for nobody, as after each message. */
  void sendFor(@Nullable Object whom) {
    perspective = whom;
  }

  /** Whether the user is being asked for a state: a message is half written. */
  boolean isAskingUser() {
    return askingUser;
  }

  @Override
  public boolean isReference(Object value) {
    return value instanceof ByReference
        || (value instanceof Cacheable cache && cacheExports.isKept(cache, perspective))
        || RemoteObject.behind(value) != null;
  }

  @Override
  public void writeReference(Object value, BananaWriter out) {
    if (referenceOf(value) instanceof RemoteReference reference) {
      if (reference.broker() != broker) {
        throw new UnsendableException(
            reference + " belongs to another connection and cannot be passed on");
      }
      if (reference.holding().isPaid()) {
        throw new UnsendableException(
            reference + " was closed, so that its owner may not know it any more");
      }
      out.list(2);
      out.string(LOCAL);
      out.expression(reference.holding().id);
    } else if (value instanceof Referenceable object) {
      put(REMOTE, exports.add(object), out);
    } else if (value instanceof Viewable viewable) {
      put(REMOTE, exports.add(new View(viewable, perspective)), out);
    } else if (value instanceof Cached cached) {
      put(Messages.LCACHE, numberOf(cached), out);
    } else if (value instanceof Cacheable cache) {
      put(Messages.CACHED, cacheExports.again(cache, perspective), out);
    } else if (value instanceof OwnObject own) {
      put(REMOTE, exports.add(new InterfaceExposure(own)), out);
    } else {
      throw new UnsendableException(
          "an object of " + value.getClass().getName() + " came up while a value was being sent");
    }
  }

  /** What a proxy stands for, or the value itself. */
  private static Object referenceOf(Object value) {
    RemoteObject remote = RemoteObject.behind(value);
    return remote != null ? remote : value;
  }

  private static void put(ByteString tag, long number, BananaWriter out) {
    out.list(2);
    out.string(tag);
    out.integer(number);
  }

  private long numberOf(Cached cached) {
    if (cached.broker() != broker) {
      throw new UnsendableException(
          cached + " belongs to another connection and cannot be passed on");
    }
    if (cached.mayBeUnknown()) {
      throw new UnsendableException(cached + " was let go, so that its owner may not know it");
    }
    return (Long) cached.holding().id;
  }

  @Override
  public @Nullable Form formOf(Object value) {
    if (value instanceof RemoteException failure) {
      return Failures.form(failure, settings.unsafeTracebacks());
    }
    askingUser = true;
    try {
      return value instanceof Cacheable cache
          ? cacheExports.first(cache, perspective)
          : settings.types().formOf(value, Optional.ofNullable(perspective));
    } finally {
      askingUser = false;
    }
  }

  /** The connection ended. */
  void clear() {
    imports.clear();
    exports.clear();
    cacheImports.clear();
    cacheExports.clear();
  }
}
