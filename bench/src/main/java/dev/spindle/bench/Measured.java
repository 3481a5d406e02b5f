// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

/**
 * What one flight came to.
 *
 * @param rate calls answered per second
 * @param client what the client used for each call
 * @param server what the server used for each call
 */
record Measured(double rate, PerCall client, PerCall server) {

  /**
   * What one process used for each call.
   *
   * @param cpuMicros processor time in microseconds
   * @param bytes heap, in bytes; 0 where that is not counted
   */
  record PerCall(double cpuMicros, double bytes) {
    static PerCall of(Usage usage, long calls) {
      return new PerCall(usage.cpuNanos() / 1e3 / calls, (double) usage.allocatedBytes() / calls);
    }
  }
}
