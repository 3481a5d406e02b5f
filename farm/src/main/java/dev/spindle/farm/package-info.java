// SPDX-License-Identifier: Apache-2.0
/**
 * The domain of the farm: jobs, workers, queues, scheduling, events, and the ports behind which
 * every wire, store and depot hides.
 *
 * <p>Nothing here knows a network, a database or a file format.
 */
@NullMarked
package dev.spindle.farm;

import org.jspecify.annotations.NullMarked;
