// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;

/**
 * What a server and a client say to each other about one feature. Each is one for one side; {@code
 * conversations/NAME.py} is its twin, and {@code conversations/NAME.txt} what both are to say.
 */
interface Conversation {

  /** Gives the server what it offers. Called again when it restarts. */
  void serve(PbServer.Builder server, Host host);

  /** Comes to the server, says what it sees, and leaves. */
  void visit(PbClient.Builder client, Speaker visit) throws Exception;
}
