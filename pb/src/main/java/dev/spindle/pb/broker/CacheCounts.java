// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * A snapshot of the tables. Exact only on the connection's thread.
 *
 * @param exported objects of ours of which the other side keeps a copy
 * @param imported copies that we keep of the other side's, until it has ended them
 */
public record CacheCounts(int exported, int imported) {}
