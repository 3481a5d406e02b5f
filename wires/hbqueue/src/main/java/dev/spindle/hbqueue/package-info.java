// SPDX-License-Identifier: Apache-2.0
/**
 * HBQueue: per-worker job queues over Perspective Broker.
 *
 * <p>The server's objects ({@code HbQueueListener}, {@code HbQueue}, {@code HbJob}) implement the
 * farm's {@code Listener} and {@code Connection}; the worker's ({@code HbQueueWorker}, {@code
 * HbClient}) drive a {@code Worker} with what the queue says. Method names are those of the wire's
 * reference.
 */
@NullMarked
package dev.spindle.hbqueue;

import org.jspecify.annotations.NullMarked;
