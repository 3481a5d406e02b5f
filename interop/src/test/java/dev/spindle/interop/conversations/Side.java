// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.interop.Wiring;
import java.util.List;

/** Has conversations, in one language. */
interface Side {

  /** Begins to serve. */
  Service serve(Feature feature, Wiring wiring);

  /** Visits a server; what the client said. */
  List<String> visit(Feature feature, Wiring wiring, String place) throws Exception;

  /** A server of one conversation. */
  interface Service {
    /** Its port or its socket. */
    String place();

    /** Ends it; what it said. */
    List<String> end();
  }
}
