// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.RefusedValueException;
import dev.spindle.pb.jelly.TagReaders;
import dev.spindle.pb.vectors.Notation;
import dev.spindle.pb.vectors.Vectors;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded conversations with a client of ours in the place of Twisted's. */
class ClientReplayTest {

  /** A client of ours that has heard what the recorded server says first. */
  private static final class Client {
    private static final byte[] ONLY_NONE = Feeding.written(Notation.read("[none]"), Dialect.NONE);

    final Recording recording;
    final MemoryLink link =
        new MemoryLink(
            Broker.Role.CLIENT, BrokerSettings.DEFAULT.withTypes(PondCopy.TYPES), Map.of());
    private final int greeting;

    Client(String session) {
      recording = new Recording(session);
      byte[] offer = Vectors.hex(recording.events().get(0).get("hex"));
      greeting = offer.length;
      // The recorded client knew this one dialect alone. Ours is offered no other.
      link.receive(session.equals("dialect-none") ? ONLY_NONE : offer);
    }

    /** Makes the call that a recorded message was. */
    void callLike(BananaList message) throws RefusedValueException {
      Object[] args = new JellyReader(TagReaders.NONE).readArguments(message.get(5));
      Map<String, Object> keywords = new JellyReader(TagReaders.NONE).readKeywords(message.get(6));
      String method = ((ByteString) message.get(3)).utf8();
      RemoteReference root = link.broker().root();
      if (message.get(4).equals(0L)) {
        root.send(method, args);
      } else {
        root.call(method, args, keywords);
      }
    }

    void hearTheServer() {
      byte[] all = recording.bytes("server");
      link.receive(Arrays.copyOfRange(all, greeting, all.length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "dialect-none", "errors-with-tracebacks"})
  void itSaysWhatTwistedsClientSaidByteForByte(String session) throws Exception {
    Client client = new Client(session);
    for (BananaList message : client.recording.calls("client")) {
      client.callLike(message);
    }
    assertThat(client.link.sent()).isEqualTo(client.recording.bytes("client"));
    client.hearTheServer();
    assertThat(client.link.end()).isNull();
  }

  @Test
  void itUnderstandsEveryRecordedAnswer() throws Exception {
    Client client = new Client("echo");
    Map<Integer, Object> answers = new HashMap<>();
    int calls = client.recording.calls("client").size();
    for (int i = 1; i <= calls; i++) {
      int request = i;
      if (request == 49 || request == 50) {
        client.link.broker().root().send("any");
      } else {
        client.link.broker().root().call("any").thenAccept(value -> answers.put(request, value));
      }
    }
    client.hearTheServer();
    assertThat(client.link.end()).isNull();
    assertThat(answers).hasSize(calls - 2);
    assertThat(answers).containsEntry(24, "text").containsEntry(47, "first");
  }

  @Test
  void itUnderstandsEveryRecordedError() {
    Client client = new Client("errors");
    Map<Integer, String> outcomes = new HashMap<>();
    for (int i = 1; i <= client.recording.calls("client").size(); i++) {
      int request = i;
      client
          .link
          .broker()
          .root()
          .call("any")
          .whenComplete((value, error) -> outcomes.put(request, String.valueOf(error)));
    }
    client.hearTheServer();
    assertThat(client.link.end()).isNull();
    assertThat(outcomes).hasSize(18);
    assertThat(outcomes.get(2)).endsWith("samples.KnownError: a subclass of pb.Error");
    assertThat(outcomes.get(7)).endsWith("builtins.ValueError: café 🧶");
    assertThat(outcomes.get(8)).contains("Module samples not allowed (in type samples.Carried");
    assertThat(outcomes.get(9)).contains("NoSuchMethod: No such method: remote_noSuchThing");
    assertThat(outcomes.get(12)).isEqualTo("null");
    assertThat(outcomes.get(16)).endsWith("twisted.spread.pb.Error: Invalid Object ID");
  }

  @Test
  void itReadsATracebackWhereOneIsSent() {
    Client client = new Client("errors-with-tracebacks");
    RemoteException[] error = new RemoteException[1];
    client
        .link
        .broker()
        .root()
        .call("any")
        .whenComplete((value, e) -> error[0] = (RemoteException) e);
    client.hearTheServer();
    assertThat(error[0].traceback()).contains("Traceback").isNotEqualTo("Traceback unavailable\n");
  }

  /** Lets go of its copies where the recorded client let go of the last: when is free. */
  @Test
  void itKeepsCopiesAsTwistedsClientDid() {
    Client client = new Client("cacheable");
    RemoteReference root = client.link.broker().root();
    List<@Nullable Object> answers = new ArrayList<>();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    Iterator<Runnable> turns =
        List.<Runnable>of(
                () -> root.call("pond").thenAccept(answers::add),
                () -> root.call("add", "teal").thenAccept(answers::add),
                () -> {},
                () -> root.call("pond").thenAccept(answers::add),
                () -> root.call("two").thenAccept(answers::add),
                () -> root.call("isPond", answers.get(0)).thenAccept(answers::add),
                () -> root.call("add", "wigeon").thenAccept(answers::add),
                () -> {},
                () -> ((Cached) answers.get(0)).close(),
                () -> root.call("two").thenAccept(answers::add),
                () -> ((Cached) ((List<?>) answers.get(6)).get(0)).close())
            .iterator();
    List<JsonNode> events = client.recording.events();
    for (JsonNode event : events.subList(1, events.size())) {
      if (event.get("from").asText().equals("server")) {
        client.link.receive(Vectors.hex(event.get("hex")));
      } else if (event.has("hex") && turns.hasNext()) {
        turns.next().run();
        client.link.runTasks();
      }
      sent.writeBytes(client.link.sent());
    }
    assertThat(client.link.end()).isNull();
    List<Object> ours = Recording.expressions(sent.toByteArray());
    List<Object> recorded = client.recording.expressions("client");
    assertThat(Recording.differences(recorded, ours)).isEmpty();
    assertThat(decaches(ours)).isEqualTo(decaches(recorded));
    assertThat(client.link.broker().cacheCounts().imported()).isZero();
    PondCopy first = ((Cached) answers.get(0)).get(PondCopy.class);
    assertThat(first.ducks).containsExactly("mallard", "teal", "wigeon");
    assertThat(first.farewells).isOne();
    assertThat(answers.subList(1, 6))
        .containsExactly(
            List.of(2L),
            answers.get(0),
            List.of(answers.get(0), answers.get(0)),
            true,
            List.of(3L));
  }

  private static List<Object> decaches(List<Object> expressions) {
    return expressions.stream().filter(m -> Recording.isCommand(m, "decache")).toList();
  }
}
