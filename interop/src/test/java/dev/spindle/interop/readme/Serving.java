// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbServer;

/** What the servers of the guide do besides what is shown of them. */
final class Serving {
  private Serving() {}

  static void untilStopped(PbServer server) throws InterruptedException {
    System.out.println("listening on port " + server.address().getPort());
    Thread.currentThread().join();
  }
}
