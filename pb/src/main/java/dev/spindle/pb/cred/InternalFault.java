// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.broker.PbError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong in a login and is no answer to who wants in: he has shown nothing yet, and learns
 * nothing of what is inside. The log has it.
 */
final class InternalFault {
  private static final Logger LOG = LoggerFactory.getLogger(InternalFault.class);

  private InternalFault() {}

  /** Logs it, and gives what is told in its place; its cause is for our own listener. */
  static PbError of(String what, Throwable why) {
    LOG.warn("a login failed: {}", what, why);
    PbError told = new PbError("builtins.RuntimeError", "the login failed: internal error");
    told.initCause(why);
    return told;
  }
}
