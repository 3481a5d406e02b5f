// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.ByteString;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types that Jelly itself reads, each known by the word that begins its list.
 *
 * <p>Source: reference, sections 5.2 and 6.
 */
enum PlainType {
  NONE(Atoms.NONE),
  BOOLEAN(Atoms.BOOLEAN),
  UNICODE(Atoms.UNICODE),
  DATETIME(Atoms.DATETIME),
  DATE(Atoms.DATE),
  TIME(Atoms.TIME),
  TIMEDELTA(Atoms.TIMEDELTA),
  DECIMAL(Atoms.DECIMAL),
  UNPERSISTABLE(Atoms.UNPERSISTABLE),
  PERSISTENT(Atoms.PERSISTENT),
  LIST(Atoms.LIST),
  TUPLE(Atoms.TUPLE),
  DICTIONARY(Atoms.DICTIONARY),
  SET(Atoms.SET),
  FROZENSET(Atoms.FROZENSET),
  REFERENCE(Atoms.REFERENCE),
  DEREFERENCE(Atoms.DEREFERENCE);

  private static final Map<ByteString, PlainType> BY_ATOM = byAtom();

  private final ByteString atom;

  PlainType(ByteString atom) {
    this.atom = atom;
  }

  private static Map<ByteString, PlainType> byAtom() {
    Map<ByteString, PlainType> types = new HashMap<>();
    for (PlainType type : values()) {
      types.put(type.atom, type);
    }
    return types;
  }

  static @Nullable PlainType of(ByteString atom) {
    return BY_ATOM.get(atom);
  }

  /** Whether its values have no members and are not numbered. */
  boolean isScalar() {
    return ordinal() < LIST.ordinal();
  }
}
