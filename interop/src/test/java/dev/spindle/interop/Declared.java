// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import dev.spindle.pb.types.AsTuple;
import dev.spindle.pb.types.Copyable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A method for each type that the table of declared types in {@code docs/pb/types.md} has; each
 * answers with its argument. The Python side answers any.
 */
interface Declared {
  enum Colour {
    RED,
    GREEN
  }

  record Tea(String name, Optional<Integer> cents) {}

  @AsTuple
  record Size(int width, int height) {}

  /** What an object that is no {@link dev.spindle.pb.broker.Referenceable} is called by. */
  interface Speaker {
    String say();
  }

  /** {@code Item} of {@code shown.py}. */
  @Copyable("shown.Item")
  record Item(String name, int cents) {}

  /** Python does not know it. */
  @Copyable("shown.Unknown")
  record Unknown(int number) {}

  boolean aBoolean(boolean value);

  byte aByte(byte value);

  short aShort(short value);

  int anInt(int value);

  long aLong(long value);

  BigInteger aBigInteger(BigInteger value);

  float aFloat(float value);

  double aDouble(double value);

  BigDecimal aBigDecimal(BigDecimal value);

  Number aNumber(Number value);

  char aChar(char value);

  String aString(String value);

  byte[] bytes(byte[] value);

  ByteString aByteString(ByteString value);

  UUID aUuid(UUID value);

  URI aUri(URI value);

  Path aPath(Path value);

  Colour anEnum(Colour value);

  @Nullable String aNullable(@Nullable String value);

  Optional<String> anOptional(Optional<String> value);

  OptionalInt anOptionalInt(OptionalInt value);

  OptionalLong anOptionalLong(OptionalLong value);

  OptionalDouble anOptionalDouble(OptionalDouble value);

  LocalDateTime aDateTime(LocalDateTime value);

  LocalDate aDate(LocalDate value);

  LocalTime aTime(LocalTime value);

  Duration aDuration(Duration value);

  /** Travels as the endpoint's {@code Types} say. */
  Year aYear(Year value);

  List<Integer> aList(List<Integer> value);

  Deque<Integer> aDeque(Deque<Integer> value);

  int[] ints(int[] value);

  float[] floats(float[] value);

  String[] strings(String[] value);

  List<List<Double>> aListOfLists(List<List<Double>> value);

  Tuple aTuple(Tuple value);

  Set<Integer> aSet(Set<Integer> value);

  SortedSet<Integer> aSortedSet(SortedSet<Integer> value);

  EnumSet<Colour> anEnumSet(EnumSet<Colour> value);

  Set<List<Integer>> aSetOfLists(Set<List<Integer>> value);

  FrozenSet aFrozenSet(FrozenSet value);

  Collection<Integer> aCollection(Collection<Integer> value);

  Map<String, LocalDate> aMap(Map<String, LocalDate> value);

  SortedMap<String, Integer> aSortedMap(SortedMap<String, Integer> value);

  EnumMap<Colour, Integer> anEnumMap(EnumMap<Colour, Integer> value);

  Map<Set<Integer>, String> aMapOfSets(Map<Set<Integer>, String> value);

  Tea aRecord(Tea value);

  Size aTupleRecord(Size value);

  Item aCopy(Item value);

  RemoteReference aReference(RemoteReference value);

  Object anything(Object value);
}
