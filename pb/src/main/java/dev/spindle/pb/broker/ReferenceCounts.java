// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * A snapshot of the tables. Exact only on the connection's thread.
 *
 * @param exported objects of ours that the other side holds, names included
 * @param imported objects of the other side that we hold
 */
public record ReferenceCounts(int exported, int imported) {}
