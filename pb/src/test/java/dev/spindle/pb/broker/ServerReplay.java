// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.vectors.Vectors;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** A server of ours that hears what a recorded client said. */
public final class ServerReplay {
  private final Recording recording;
  private final MemoryLink link;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  public ServerReplay(String session, Referenceable root) {
    this(session, root, BrokerSettings.DEFAULT);
  }

  public ServerReplay(String session, Referenceable root, BrokerSettings settings) {
    recording = new Recording(session);
    link = new MemoryLink(Broker.Role.SERVER, settings, Map.of("root", root));
  }

  /**
   * Plays the client's part.
   *
   * @param serversTurn what is to happen where the recorded server says its next words
   */
  public ServerReplay run(boolean byteByByte, Runnable serversTurn) {
    for (JsonNode event : recording.events()) {
      byte[] bytes = Vectors.hex(event.get("hex"));
      if (event.get("from").asText().equals("client")) {
        link.receive(bytes, byteByByte);
      } else {
        serversTurn.run();
        link.runTasks();
      }
      do {
        sent.writeBytes(link.sent());
      } while (link.runTasks());
    }
    assertThat(link.end()).isNull();
    return this;
  }

  public Recording recording() {
    return recording;
  }

  public MemoryLink link() {
    return link;
  }

  public byte[] sent() {
    return sent.toByteArray();
  }

  /** Also checks that every expression is written as Twisted would. */
  public List<String> differences() {
    List<Object> ours = Recording.expressions(sent.toByteArray());
    ByteArrayOutputStream canonical = new ByteArrayOutputStream();
    ours.forEach(message -> canonical.writeBytes(Feeding.written(message, Dialect.PB)));
    assertThat(sent.toByteArray()).isEqualTo(canonical.toByteArray());
    return Recording.differences(recording.expressions("server"), ours);
  }
}

// ---- the server of "echo" and "dialect-none" ----
