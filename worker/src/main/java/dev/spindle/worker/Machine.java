// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the worker tells of the machine that it runs on. */
final class Machine {
  private Machine() {}

  /**
   * The id of the machine's present boot. Where there is none the fallback, which must not change:
   * that says nothing, while a wrong new one would say that every process is dead.
   */
  static String boot(String fallback) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
    } catch (IOException e) {
      return fallback;
    }
  }

  /** The load average over a minute, negative when unknown. */
  static double load() {
    try {
      // The management bean that tells it takes as long to load as the rest of a worker.
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }

  /** Free bytes where a path is, negative when unknown. */
  static long freeBytes(Path path) {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }
}
