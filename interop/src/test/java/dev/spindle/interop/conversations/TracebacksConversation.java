// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;
import static dev.spindle.interop.conversations.Speaker.failure;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where a call failed is told among friends, and never else. */
final class TracebacksConversation implements Conversation {

  static final class Kitchen implements Referenceable {
    private final Speaker speaker;

    Kitchen(Speaker speaker) {
      this.speaker = speaker;
    }

    @Exposed
    void brew() {
      stir();
    }

    private static void stir() {
      throw new IllegalArgumentException("spilt");
    }

    @Exposed
    CompletionStage<@Nullable Void> askAt(RemoteReference kitchen) {
      return kitchen
          .call("brew")
          .handle(
              (nothing, error) -> {
                look(speaker, error);
                return null;
              });
    }
  }

  /** Says what a traceback has of what every language has in it. */
  private static void look(Speaker speaker, Throwable error) {
    String text = Speaker.remote(error).traceback();
    speaker.say("a traceback", text.startsWith("Traceback (most recent call last):\n"));
    speaker.say("where it was called", text.contains("brew"));
    speaker.say("where it failed", text.contains("stir"));
    speaker.say("with what", text.contains("spilt"));
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.unsafeTracebacks().root(new Kitchen(host.speaker()));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient guarded = client.connect();
        PbClient connection = client.unsafeTracebacks().connect()) {
      look(visit, failure(connection.root().call("brew")));
      await(connection.root().call("askAt", new Kitchen(visit)));
      await(guarded.root().call("askAt", new Kitchen(visit)));
    }
  }
}
