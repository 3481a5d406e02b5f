// SPDX-License-Identifier: Apache-2.0
/**
 * The broker: references, calls, answers and reference counts on one connection.
 *
 * <p>A broker has a {@link dev.spindle.pb.broker.Link}; it is not one. All its state belongs to the
 * link's thread. Public methods may be called from anywhere and hop there.
 *
 * <p>Exposed methods and the callbacks of calls run on the link's thread too, in the order of
 * arrival, and must not block; {@code @Exposed(blocking = true)} gives a method a thread of its
 * own.
 */
@NullMarked
package dev.spindle.pb.broker;

import org.jspecify.annotations.NullMarked;
