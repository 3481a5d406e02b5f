// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * A snapshot of what was amiss and cost nothing but itself. Exact only on the connection's thread.
 *
 * @param unknownCommands messages whose command we do not know
 * @param notUnderstood messages of ours that the other side said it does not know
 * @param strayAnswers answers to calls that want none, or none any more
 * @param oversized messages beyond a limit, which were read past
 */
public record Tolerance(
    long unknownCommands, long notUnderstood, long strayAnswers, long oversized) {}
