// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;

/**
 * How a worker says that its command ended.
 *
 * @param exit the exit status; 128 + n for a command ended by signal n, as shells have it
 * @param elapsed from start to end, on the worker's monotonic clock
 */
public record JobResult(int exit, Duration elapsed) {}
