// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.farm.WorkerName;
import java.time.Duration;

/**
 * How a worker reaches its controller.
 *
 * @param host the controller's host
 * @param port its PB port
 * @param name the worker's name
 * @param secret proves the name; never sent
 * @param version told to the controller
 * @param firstRetry the wait before the second attempt to connect; doubles up to {@code lastRetry}
 * @param lastRetry the longest wait
 * @param silence how long the controller may be silent before the connection counts as lost
 */
public record HbWorkerSettings(
    String host,
    int port,
    WorkerName name,
    String secret,
    String version,
    Duration firstRetry,
    Duration lastRetry,
    Duration silence) {

  /** Retries from 1 s to 60 s; a controller that is silent for 60 s is gone. */
  public static HbWorkerSettings of(
      String host, int port, WorkerName name, String secret, String version) {
    return new HbWorkerSettings(
        host,
        port,
        name,
        secret,
        version,
        Duration.ofSeconds(1),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "HbWorkerSettings[" + name + " at " + host + ":" + port + "]";
  }
}
