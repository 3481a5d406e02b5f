// SPDX-License-Identifier: Apache-2.0
/**
 * Paging: values too large for one message cross in pages, between which other calls go on.
 *
 * <p>{@link dev.spindle.pb.util.Pager} sends what a {@link dev.spindle.pb.util.PageSource} has to a
 * collector of the other side; {@link dev.spindle.pb.util.PageCollector} is such a collector and
 * gives what comes to a {@link dev.spindle.pb.util.PageSink}; {@link dev.spindle.pb.util.Paging}
 * makes the call that starts it. On the wire this is {@code twisted.spread.util}.
 *
 * <p>Source: Perspective Broker reference, section 11.4.
 */
@NullMarked
package dev.spindle.pb.util;

import org.jspecify.annotations.NullMarked;
