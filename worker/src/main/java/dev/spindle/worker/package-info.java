// SPDX-License-Identifier: Apache-2.0
/**
 * Runs jobs on this machine: processes, working directories, progress, files in and out.
 *
 * <p>Two layers. {@link dev.spindle.worker.CommandRun} runs one command and sees to it that nothing
 * of it survives; it knows no jobs, and every wire may use it. {@link dev.spindle.worker.Worker}
 * runs the farm's assignments in slots and tells of them through the farm's {@code JobReport},
 * whatever wire that is made of.
 */
@NullMarked
package dev.spindle.worker;

import org.jspecify.annotations.NullMarked;
