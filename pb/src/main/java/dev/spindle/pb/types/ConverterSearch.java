// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the converters of declared types, and of the parts of their records: each record once,
 * since records may hold themselves.
 *
 * <p>Thread: one at a time.
 */
final class ConverterSearch {
  /** Types that look as if they could travel, and whose values do not say enough. */
  private static final Set<String> ZONED =
      Set.of(
          "java.time.Instant",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime",
          "java.time.OffsetTime",
          Date.class.getName());

  private final Registered registered;
  private final Map<DeclaredType, RecordConverter> records = new HashMap<>();

  ConverterSearch(Registered registered) {
    this.registered = registered;
  }

  /**
   * @throws IllegalArgumentException when no value of the type can travel, with the reason
   */
  Converter of(DeclaredType type) {
    Converter converter = present(type);
    return type.isNullable() && !converter.isOptional()
        ? new NullableConverter(converter)
        : converter;
  }

  private Converter present(DeclaredType type) {
    Class<?> raw = type.raw();
    Converter own = registered.conversions().get(raw);
    if (own != null) {
      return own;
    }
    if (raw == Object.class) {
      return Converter.ANYTHING;
    }
    if (raw == Optional.class) {
      return new OptionalConverter(of(type.argument(0)));
    }
    if (raw.isArray() && raw != byte[].class) {
      return new ArrayConverter(raw.getComponentType(), of(type.argument(0)));
    }
    if (PlainTypes.isPlain(raw)) {
      return new PlainConverter(raw);
    }
    if (raw.isRecord()) {
      return record(type);
    }
    Converter found = ofContainer(type);
    return found != null ? found : ofOther(raw);
  }

  private @Nullable Converter ofContainer(DeclaredType type) {
    DeclaredType member = type.argument(0);
    CollectionKind collection = CollectionKind.of(type.raw());
    MapKind map = MapKind.of(type.raw());
    if (type.raw() == EnumSet.class || type.raw() == EnumMap.class) {
      requireEnum(type, member.raw());
    }
    if ((collection != null && collection.isSorted()) || (map != null && map.isSorted())) {
      requireSortable(type, member.raw());
    }
    if (collection != null) {
      return new MembersConverter(collection, member.raw(), of(member));
    }
    if (map != null) {
      return new MapConverter(map, member.raw(), of(member), of(type.argument(1)));
    }
    return null;
  }

  private static void requireEnum(DeclaredType type, Class<?> member) {
    if (!member.isEnum()) {
      throw new IllegalArgumentException(type + " cannot be made: it does not say of which enum");
    }
  }

  /** Of any object it is found out when they are met. */
  private static void requireSortable(DeclaredType type, Class<?> member) {
    if (member != Object.class && !Comparable.class.isAssignableFrom(member)) {
      throw new IllegalArgumentException(
          type
              + " cannot be made: "
              + member.getSimpleName()
              + " is not Comparable. Declare a Set or Map that is not sorted");
    }
  }

  private Converter ofOther(Class<?> raw) {
    if (raw.isEnum()) {
      return new EnumConverter(raw);
    }
    Converter found = OptionalNumberConverter.of(raw);
    if (found == null) {
      found = TextConverter.of(raw);
    }
    if (found != null) {
      return found;
    }
    if (registered.isRemote(raw)) {
      return new RemoteConverter(raw);
    }
    if (raw.isSealed() && !registered.isSent(raw)) {
      return ofSealed(raw);
    }
    if (registered.travels(raw)) {
      return new PlainConverter(raw);
    }
    throw unknown(raw);
  }

  /** A sealed type travels when each class that it permits does, as the object that it is. */
  private Converter ofSealed(Class<?> raw) {
    List<String> names = new ArrayList<>();
    for (Class<?> permitted : raw.getPermittedSubclasses()) {
      if (!registered.travels(permitted) && !permitted.isSealed()) {
        throw new IllegalArgumentException(
            raw.getTypeName()
                + " cannot travel: it permits "
                + permitted.getSimpleName()
                + ", which is not registered as a copy");
      }
      if (permitted.isSealed()) {
        ofSealed(permitted);
      }
      names.add(permitted.getSimpleName());
    }
    return new SealedConverter(raw, String.join(" or ", names));
  }

  RecordConverter record(DeclaredType type) {
    if (type.nesting() > DeclaredType.MAX_NESTING) {
      throw new IllegalArgumentException(type.raw().getName() + " has type arguments without end");
    }
    DeclaredType key =
        type.isNullable() ? new DeclaredType(type.raw(), type.arguments(), false) : type;
    RecordConverter known = records.get(key);
    if (known == null) {
      known = new RecordConverter(type.raw(), registered);
      records.put(key, known);
      known.resolve(new RecordShape(key, this), this);
    }
    return known;
  }

  FieldShape fields(Class<?> type) {
    return new FieldShape(type, this);
  }

  private static IllegalArgumentException unknown(Class<?> raw) {
    String name = raw.getTypeName();
    if (ZONED.contains(name)) {
      return new IllegalArgumentException(
          name
              + " cannot travel, as Python's datetime has no zone: say what stands for it with"
              + " Types.Builder.converts, or declare a LocalDateTime");
    }
    return new IllegalArgumentException(
        name
            + " cannot travel: register it in the Types (copies, sends or converts)"
            + (raw.isInterface() ? ", annotate it @Remote," : ",")
            + " or declare Object");
  }
}
