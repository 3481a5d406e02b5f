// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;
import static dev.spindle.interop.conversations.Speaker.failure;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What goes wrong with a call is the caller's to know. */
final class FailuresConversation implements Conversation {

  static final class Kitchen implements Referenceable {
    private final Speaker speaker;

    Kitchen(Speaker speaker) {
      this.speaker = speaker;
    }

    @Exposed
    String brew(String tea) {
      speaker.say("asked for " + tea);
      return switch (tea) {
        case "green" -> throw new Teas.OutOfGreenTea("no more green");
        case "black" -> throw new Teas.OutOfTea("no more black");
        case "odd" -> throw new PbError(Teas.ODD, "never heard of", List.of());
        case "wrong" -> throw new IllegalArgumentException("no tea");
        case "absent" -> throw new NoSuchElementException(tea);
        case "refused" -> throw new Teas.Refused(7);
        default -> tea;
      };
    }

    @Exposed
    CompletionStage<String> brewLater(String tea) {
      return CompletableFuture.supplyAsync(() -> brew(tea));
    }

    /** Asks another and passes on what comes. */
    @Exposed
    CompletionStage<@Nullable Object> askAt(RemoteReference kitchen) {
      return kitchen
          .call("brew", "black")
          .exceptionally(
              error -> {
                speaker.say("it failed there ✗ " + Speaker.inWords(error));
                throw new Teas.OutOfTea(Speaker.remote(error).text());
              });
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.types(Teas.TYPES).root(new Kitchen(host.speaker()));
  }

  /** Which of these names a failure is known by. */
  private static String trapped(CompletableFuture<@Nullable Object> call, String... names) {
    RemoteException error = Speaker.remote(failure(call));
    return Arrays.stream(names).filter(error::isA).findFirst().orElseThrow();
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.types(Teas.TYPES).connect()) {
      RemoteReference root = connection.root();
      for (String method : List.of("brew", "brewLater")) {
        for (String tea : List.of("green", "black", "odd")) {
          visit.outcome(method + " " + tea, root.call(method, tea));
        }
      }
      visit.say(
          "trapped by name",
          trapped(root.call("brew", "black"), "conversations.Other", Teas.OUT_OF_TEA));
      visit.say(
          "trapped by a base",
          trapped(root.call("brew", "green"), "conversations.Other", Teas.OUT_OF_TEA));
      visit.say("trapped as PB's", trapped(root.call("brew", "green"), "twisted.spread.pb.Error"));
      visit.say("trapped as Python's", trapped(root.call("brew", "wrong"), "builtins.ValueError"));
      visit.say(
          "trapped as Python's", trapped(root.call("brew", "absent"), "builtins.LookupError"));
      Throwable black = failure(root.call("brew", "black"));
      visit.say("caught by type", ((Teas.OutOfTea) black).getMessage());
      Throwable refused = failure(root.call("brew", "refused"));
      visit.say("an error that travels as itself", ((Teas.Refused) refused).code);
      RemoteException odd = (RemoteException) failure(root.call("brew", "odd"));
      visit.say("an unknown type's words, and no traceback", List.of(odd.text(), odd.traceback()));
      visit.outcome("passed on", root.call("askAt", new Kitchen(visit)));
      visit.outcome("no such method", root.call("fly"));
      visit.outcome("wrong arguments", root.call("brew"));
      visit.say("the connection stays", await(root.call("brew", "mint")));
    }
  }
}
