// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.Locale;
import java.util.Set;

/** Who is measured: a client and a server of the same kind, in a process each. */
enum Contestant {
  SPINDLE("Spindle"),
  TWISTED("Twisted"),
  GRPC("gRPC"),
  /** Frames of a length, a number and a body, with nothing above them: what the machine gives. */
  NETTY("raw Netty");

  final String title;

  Contestant(String title) {
    this.title = title;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Contestant of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  boolean canEcho(Payload payload) {
    return this != NETTY || Set.of(Payload.INT, Payload.KILOBYTE, Payload.CHUNK).contains(payload);
  }
}
