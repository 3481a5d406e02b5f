// SPDX-License-Identifier: Apache-2.0
/**
 * Jelly: objects to expressions and back.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>Python</th><th>read as</th><th>also sent for</th></tr>
 * <tr><td>None</td><td>null</td><td></td></tr>
 * <tr><td>bool</td><td>Boolean</td><td></td></tr>
 * <tr><td>int</td><td>Long; BigInteger beyond it</td><td>Integer, Short, Byte</td></tr>
 * <tr><td>float</td><td>Double</td><td>Float</td></tr>
 * <tr><td>bytes</td><td>ByteString</td><td>byte[]</td></tr>
 * <tr><td>str</td><td>String</td><td></td></tr>
 * <tr><td>list</td><td>ArrayList</td><td>any List but Tuple</td></tr>
 * <tr><td>tuple</td><td>{@link dev.spindle.pb.jelly.Tuple}</td><td></td></tr>
 * <tr><td>dict</td><td>LinkedHashMap</td><td>any Map</td></tr>
 * <tr><td>set</td><td>LinkedHashSet</td><td>any Set but FrozenSet</td></tr>
 * <tr><td>frozenset</td><td>{@link dev.spindle.pb.jelly.FrozenSet}</td><td></td></tr>
 * <tr><td>datetime, date, time</td><td>LocalDateTime, LocalDate, LocalTime</td><td></td></tr>
 * <tr><td>timedelta</td><td>Duration</td><td></td></tr>
 * <tr><td>Decimal</td><td>BigDecimal</td><td></td></tr>
 * </table>
 *
 * <p>Nothing else is read or sent unless the layer above registers it.
 */
@NullMarked
package dev.spindle.pb.jelly;

import org.jspecify.annotations.NullMarked;
