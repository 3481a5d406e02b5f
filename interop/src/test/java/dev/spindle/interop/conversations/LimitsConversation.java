// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is too large costs its call. */
final class LimitsConversation implements Conversation {
  private static final int LIMIT = 640 * 1024;

  static final class Server implements Referenceable {
    @Exposed
    int size(Object value) {
      return sizeOf(value);
    }

    @Exposed
    byte[] bytes(int size) {
      return new byte[size];
    }

    @Exposed
    List<Object> nested(int depth) {
      List<Object> value = new ArrayList<>();
      for (int i = 0; i < depth; i++) {
        value = List.of(value);
      }
      return value;
    }
  }

  private static int sizeOf(@Nullable Object value) {
    if (value instanceof ByteString bytes) {
      return bytes.size();
    }
    return value instanceof String text ? text.length() : ((List<?>) value).size();
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.root(new Server());
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.connect()) {
      RemoteReference root = connection.root();
      String text = "é".repeat(LIMIT / 2);
      visit.say("640 KiB there", await(root.call("size", new byte[LIMIT])));
      visit.say("640 KiB back", sizeOf(await(root.call("bytes", LIMIT))));
      visit.say("text, in UTF-8", await(root.call("size", text)));
      visit.say("200 lists deep", sizeOf(await(root.call("nested", 200))));
      visit.outcome("a byte more there", root.call("size", new byte[LIMIT + 1]));
      visit.outcome("text, a byte more", root.call("size", text + "e"));
      visit.outcome("a member more there", root.call("size", Collections.nCopies(LIMIT, 0)));
      visit.outcome(
          "an integer beyond 448 bits", root.call("size", List.of(BigInteger.ONE.shiftLeft(448))));
      visit.say("the connection stays", await(root.call("size", "still here")));
      visit.outcome("a byte more back", root.call("bytes", LIMIT + 1));
      visit.outcome("the connection then", root.call("size", "still here"));
    }
  }
}
