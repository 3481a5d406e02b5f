// SPDX-License-Identifier: Apache-2.0
/**
 * Perspective Broker: two-way remote method calls with a Python peer or a Java one.
 *
 * <p>{@link dev.spindle.pb.PbServer} and {@link dev.spindle.pb.PbClient} are the two ends; what
 * they speak of is in the packages below: {@code broker} (references and calls), {@code cred}
 * (logins), {@code util} (paging), {@code jelly} (which types travel) and {@code banana} (bytes).
 */
@NullMarked
package dev.spindle.pb;

import org.jspecify.annotations.NullMarked;
