// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a process has used so far.
 *
 * @param cpuNanos processor time of all its threads
 * @param allocatedBytes heap that its living threads took; 0 where that is not counted
 */
record Usage(long cpuNanos, long allocatedBytes) {

  /** This process. */
  static Usage now() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      allocated += Math.max(0, bytes);
    }
    return new Usage(system.getProcessCpuTime(), allocated);
  }

  Usage since(Usage before) {
    return new Usage(cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes);
  }

  /** As processes tell it to each other. */
  String line() {
    return cpuNanos + " " + allocatedBytes;
  }

  static Usage parse(String line) {
    String[] words = line.split(" ");
    return new Usage(Long.parseLong(words[0]), Long.parseLong(words[1]));
  }
}
