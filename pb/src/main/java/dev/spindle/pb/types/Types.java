// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.Form;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.TagReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which objects an endpoint sends and reads by value, and under which tags. What is not here does
 * not travel: a tag that is not registered is refused by name, at the cost of one call.
 *
 * <p>Immutable; one may serve many endpoints, and there is no global one.
 *
 * <pre>{@code
 * @Copyable("geometry.Point")
 * record Point(int x, int y) {}
 *
 * Types types = Types.builder().copies(Point.class).build();
 * }</pre>
 *
 * <p>Source: reference, sections 7 and 11.1.
 */
public final class Types {

  /** The plain types alone. */
  public static final Types PLAIN = builder().build();

  /** What the broker itself reads. */
  private static final Set<String> BROKER_TAGS =
      Set.of("remote", "local", "cached", "lcache", "twisted.spread.pb.CopyableFailure");

  private final Map<Class<?>, CopyWriter> writers;
  private final Map<ByteString, TagReader> readers;
  private final Map<ByteString, Supplier<? extends RemoteCache>> caches;
  private final Converters converters;
  private final ErrorNames errors;
  private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

  private Types(Builder builder) {
    errors = builder.errors.build();
    converters =
        new Converters(
            new Registered(
                builder.conversions,
                builder.writers.keySet(),
                builder.copied,
                builder.remote,
                builder.readsUnknown));
    writers = resolved(builder.writers);
    readers = resolved(builder.readers);
    caches = Map.copyOf(builder.caches);
  }

  private <K, V> Map<K, V> resolved(Map<K, Function<Converters, V>> registered) {
    Map<K, V> resolved = new HashMap<>();
    registered.forEach((key, value) -> resolved.put(key, value.apply(converters)));
    return Map.copyOf(resolved);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** How an object travels by value, or null when its class is not registered. */
  public @Nullable Form formOf(Object value, Optional<Object> perspective) {
    if (value instanceof PreparedCopy copy) {
      return new Form(copy.tag(), Collections.singletonList(copy.state()));
    }
    for (Class<?> c = value.getClass(); c != null; c = c.getSuperclass()) {
      CopyWriter writer = writers.get(c);
      if (writer != null) {
        return writer.formOf(value, perspective);
      }
    }
    return null;
  }

  /** Reads what travels under a tag, or null when the tag is not registered. */
  public @Nullable TagReader readerOf(ByteString tag) {
    return readers.get(tag);
  }

  /** Makes the copies of caches that arrive under a tag, or null when the tag is not registered. */
  public @Nullable Supplier<? extends RemoteCache> cacheOf(ByteString tag) {
    return caches.get(tag);
  }

  /** How declared Java types travel, with what is registered here. */
  public Converters converters() {
    return converters;
  }

  /**
   * What a layer above works out from these types, made once. It must not keep classes alive that
   * the user may want to unload.
   *
   * @param kind its class: the layer's own
   */
  public <T> T derived(Class<T> kind, Function<Types, ? extends T> maker) {
    return kind.cast(derived.computeIfAbsent(kind, missing -> maker.apply(this)));
  }

  /** Whether an object travels by value. */
  public boolean isSent(Object value) {
    for (Class<?> c = value.getClass(); c != null; c = c.getSuperclass()) {
      if (writers.containsKey(c)) {
        return true;
      }
    }
    return false;
  }

  /** The names under which an exception travels, nearest first: its type, and what traps it. */
  public List<String> errorNamesOf(Throwable error) {
    return errors.of(error);
  }

  /** The exception for an error of the other side, or null when no name of it is registered. */
  public @Nullable Exception exceptionOf(Failure failure) {
    return errors.exceptionOf(failure);
  }

  /** Sends one class of objects. */
  private record CopyWriter(ByteString tag, StateFunction<Object> state) {
    Form formOf(Object value, Optional<Object> perspective) {
      return new Form(tag, Collections.singletonList(state.of(value, perspective)));
    }
  }

  @FunctionalInterface
  private interface StateFunction<T> {
    @Nullable Object of(T object, Optional<Object> perspective);
  }

  /** Collects what travels. Not for use by several threads. */
  public static final class Builder {
    private final Map<Class<?>, Function<Converters, CopyWriter>> writers = new HashMap<>();
    private final Map<ByteString, Function<Converters, TagReader>> readers = new HashMap<>();
    private final Map<ByteString, Supplier<? extends RemoteCache>> caches = new HashMap<>();
    private final Map<Class<?>, Converter> conversions = new HashMap<>();
    private final Map<Class<?>, ByteString> copied = new HashMap<>();
    private final Set<Class<?>> remote = new HashSet<>();
    private boolean readsUnknown;
    private final ErrorNames.Builder errors = new ErrorNames.Builder();

    private Builder() {}

    /**
     * Sends and reads a class under the tag of its {@link Copyable}.
     *
     * @throws IllegalArgumentException when it has none
     */
    public Builder copies(Class<?> type) {
      Copyable copyable = type.getAnnotation(Copyable.class);
      if (copyable == null) {
        throw new IllegalArgumentException(
            type.getName() + " has no @Copyable: add it, or name the tag here");
      }
      return copies(type, copyable.value());
    }

    /** Sends and reads a record, or a class with fields, under a tag. */
    public <T> Builder copies(Class<T> type, String tag) {
      copied.put(type, ByteString.utf8(tag));
      if (type.isRecord()) {
        return writer(type, tag, known -> writing(tag, known.shapeOf(type)))
            .reader(tag, known -> CopyReader.making(tag, reading(known.shapeOf(type))));
      }
      return writer(type, tag, known -> writing(tag, known.fieldsOf(type)))
          .reader(tag, known -> filling(tag, known.fieldsOf(type)));
    }

    private static CopyWriter writing(String tag, RecordShape shape) {
      return new CopyWriter(ByteString.utf8(tag), (object, viewer) -> shape.attributes(object));
    }

    private static CopyWriter writing(String tag, FieldShape shape) {
      return new CopyWriter(ByteString.utf8(tag), (object, viewer) -> shape.attributes(object));
    }

    private static Function<@Nullable Object, Object> reading(RecordShape shape) {
      return state -> shape.made(Attributes.of(state));
    }

    private static TagReader filling(String tag, FieldShape shape) {
      return CopyReader.filling(
          tag, shape::create, (object, state) -> shape.fill(object, Attributes.of(state)));
    }

    /**
     * Sends objects of a class, and of those that extend it and are not registered themselves.
     *
     * @param state what stands for the object: a map of attributes, or any value that can be sent.
     *     Called on the connection's thread; must not block
     */
    public <T> Builder sends(
        Class<T> type, String tag, Function<? super T, ? extends @Nullable Object> state) {
      return sendsFor(type, tag, (object, perspective) -> state.apply(object));
    }

    /**
     * Sends objects of a class as each perspective may see them, as Twisted's {@code
     * getStateToCopyFor} does.
     *
     * @param state is given the object, and the perspective on whose behalf it is sent: empty when
     *     nobody is logged in
     */
    public <T> Builder sendsFor(
        Class<T> type,
        String tag,
        BiFunction<? super T, Optional<Object>, ? extends @Nullable Object> state) {
      CopyWriter writer =
          new CopyWriter(
              ByteString.utf8(tag),
              (object, perspective) -> state.apply(type.cast(object), perspective));
      return writer(type, tag, known -> writer);
    }

    /**
     * Reads the attributes that arrive under a tag.
     *
     * @param made makes the object of its attributes. Called on the connection's thread; must not
     *     block. What it throws refuses the value
     */
    public Builder reads(String tag, Function<Map<String, @Nullable Object>, ?> made) {
      return readsAny(tag, state -> made.apply(Attributes.of(state)));
    }

    /** Reads whatever arrives under a tag: for types whose state is no dict of attributes. */
    public Builder readsAny(String tag, Function<? super @Nullable Object, ?> made) {
      readsUnknown = true;
      return reader(tag, known -> CopyReader.making(tag, made::apply));
    }

    /**
     * Takes the caches that arrive under a tag: copies of objects of the other side that it keeps
     * up to date.
     *
     * @param made makes an empty copy. Called on the connection's thread, once for each cache
     */
    public Builder caches(String tag, Supplier<? extends RemoteCache> made) {
      requireUnread(tag);
      caches.put(ByteString.utf8(tag), made);
      return this;
    }

    /**
     * Says how a class travels where it is a declared type: a component of a record, a parameter or
     * an answer.
     *
     * @param written what stands for it on the wire
     * @param read makes it of that; what it throws refuses the value
     */
    public <T> Builder converts(
        Class<T> type,
        Function<? super T, ? extends @Nullable Object> written,
        Function<Object, ? extends T> read) {
      conversions.put(type, new OwnConverter<>(type, written, read));
      return this;
    }

    /**
     * Says that objects of an interface stay where they are, as {@link Remote} does.
     *
     * @throws IllegalArgumentException when it is no interface
     */
    public Builder remote(Class<?> type) {
      if (!type.isInterface()) {
        throw new IllegalArgumentException(type.getName() + " is no interface");
      }
      remote.add(type);
      return this;
    }

    /**
     * Sends and reads a class of exceptions under a name that both sides know: {@link #sendsError}
     * and {@link #readsError} in one.
     *
     * @param type has a constructor with a {@link Failure}, or with the text alone
     * @throws IllegalArgumentException when it has neither
     */
    public Builder error(Class<? extends Exception> type, String name, String... bases) {
      return sendsError(type, name, bases).readsError(name, ErrorNames.making(type));
    }

    /**
     * Sends exceptions of a class under a name. Those that extend it keep the name of their own
     * class as their type and can be trapped by this one.
     *
     * @param name a Python class such as {@code myapp.NoSuchThing}, or any other name
     * @param bases further names to trap it by, nearest first, without the ones that every Python
     *     exception has
     */
    public Builder sendsError(Class<? extends Throwable> type, String name, String... bases) {
      errors.send(type, name, bases);
      return this;
    }

    /**
     * Reads errors of this name, and of the classes that derive from it and are not registered
     * themselves, as an exception of ours: what the future of the call fails with. The {@code
     * RemoteException} that it stands for becomes its cause if it has none.
     *
     * @param made called on the connection's thread; must not block. If it throws, the future fails
     *     with the {@code RemoteException}
     */
    public Builder readsError(String name, Function<? super Failure, ? extends Exception> made) {
      errors.read(name, made);
      return this;
    }

    private Builder writer(Class<?> type, String tag, Function<Converters, CopyWriter> writer) {
      requireFree(tag);
      if (writers.putIfAbsent(type, writer) != null) {
        throw new IllegalArgumentException(
            type.getName() + " is registered already, and cannot be sent as '" + tag + "' too");
      }
      return this;
    }

    private Builder reader(String tag, Function<Converters, TagReader> reader) {
      requireUnread(tag);
      readers.put(ByteString.utf8(tag), reader);
      return this;
    }

    private void requireUnread(String tag) {
      requireFree(tag);
      ByteString known = ByteString.utf8(tag);
      if (readers.containsKey(known) || caches.containsKey(known)) {
        throw new IllegalArgumentException("the tag '" + tag + "' is read already");
      }
    }

    private static void requireFree(String tag) {
      if (tag.isEmpty()) {
        throw new IllegalArgumentException("a tag is empty: expected a name such as 'app.Point'");
      }
      if (JellyReader.isReserved(ByteString.utf8(tag)) || BROKER_TAGS.contains(tag)) {
        throw new IllegalArgumentException(
            "the tag '" + tag + "' is the protocol's own: choose another");
      }
    }

    /**
     * @throws IllegalArgumentException when a class cannot travel as it was registered
     */
    public Types build() {
      return new Types(this);
    }
  }
}
