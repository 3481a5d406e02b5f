// SPDX-License-Identifier: Apache-2.0
/**
 * Banana: bytes to expressions and back.
 *
 * <p>An expression is a plain Java object: {@link java.lang.Long} or {@link java.math.BigInteger}
 * (an integer), {@link java.lang.Double} (a float), {@link dev.spindle.pb.banana.ByteString} (a
 * string) or {@link dev.spindle.pb.banana.BananaList} (a list). Whole values that fit a {@code
 * long} are always {@code Long}.
 *
 * <p>This layer knows no socket, no thread and no clock.
 */
@NullMarked
package dev.spindle.pb.banana;

import org.jspecify.annotations.NullMarked;
