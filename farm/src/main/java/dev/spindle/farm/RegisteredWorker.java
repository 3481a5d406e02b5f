// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Instant;

/**
 * A worker that may join.
 *
 * @param name the name it logs in with
 * @param wire the wire it may use
 * @param secretMd5 the MD5 of its secret as 32 hex digits: all that Perspective Broker's
 *     challenge-response needs, and not the secret itself
 * @param addedAt when it was registered
 */
public record RegisteredWorker(WorkerName name, String wire, String secretMd5, Instant addedAt) {
  @Override
  public String toString() {
    return "RegisteredWorker[" + name + ", wire " + wire + ", added " + addedAt + "]";
  }
}
