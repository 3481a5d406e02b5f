// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.banana.Dialect;

/** Who listens, who dials, and the dialect that the Twisted side insists on. */
enum Pairing {
  TWISTED_SERVER_PB(false, Dialect.PB),
  TWISTED_SERVER_NONE(false, Dialect.NONE),
  JAVA_SERVER_PB(true, Dialect.PB),
  JAVA_SERVER_NONE(true, Dialect.NONE);

  final boolean javaListens;
  final Dialect dialect;

  Pairing(boolean javaListens, Dialect dialect) {
    this.javaListens = javaListens;
    this.dialect = dialect;
  }

  String dialectName() {
    return dialect.wireName().utf8();
  }

  @Override
  public String toString() {
    return (javaListens ? "Twisted client to Java server" : "Java client to Twisted server")
        + ", dialect "
        + dialectName();
  }
}
