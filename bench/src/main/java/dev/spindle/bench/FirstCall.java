// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.PbClient;

/** Connects to an endpoint, calls once, and says what was answered. */
final class FirstCall {
  private FirstCall() {}

  public static void main(String[] args) throws Exception {
    try (PbClient client = PbClient.connect(args[0])) {
      System.out.println(client.root().call("echo", 1).join());
    }
  }
}
