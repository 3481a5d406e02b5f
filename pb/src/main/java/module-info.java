// SPDX-License-Identifier: Apache-2.0

/**
 * Perspective Broker for the JVM, wire-compatible with Twisted's.
 *
 * <p>Classes of the user that it calls or makes (exposed methods, interfaces, copies, records) it
 * reaches by reflection: they are public and their package is exported, or their module says {@code
 * opens PACKAGE to dev.spindle.pb}.
 */
@SuppressWarnings("requires-automatic")
module dev.spindle.pb {
  requires transitive io.netty.buffer; // of Link
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires org.slf4j;
  // Not transitive: then those who do without could not be compiled.
  requires static micrometer.core;
  requires static org.jspecify;

  exports dev.spindle.pb;
  exports dev.spindle.pb.banana;
  exports dev.spindle.pb.broker;
  exports dev.spindle.pb.cred;
  exports dev.spindle.pb.jelly;
  exports dev.spindle.pb.micrometer;
  exports dev.spindle.pb.types;
  exports dev.spindle.pb.util;
}
