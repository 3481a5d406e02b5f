// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.MemoryLink;
import dev.spindle.pb.broker.Recording;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.broker.ServerReplay;
import dev.spindle.pb.vectors.Notation;
import dev.spindle.pb.vectors.Vectors;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded paging between two Twisted peers, with ours in the place of either. */
class ReplayTest {
  private static final String TEXT = "The spindle turns and the yarn winds on. ";

  private static byte[] text(int times) {
    return TEXT.repeat(times).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] file(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'f');
    return bytes;
  }

  private static final class Library implements Referenceable {
    /** What happens on other threads, or later. */
    final Queue<Runnable> due = new ArrayDeque<>();

    @Exposed
    void string(RemoteReference collector) {
      Pager.start(collector, PageSource.bytes(text(3), 50));
    }

    @Exposed
    void emptyString(RemoteReference collector) {
      Pager.start(collector, PageSource.bytes(new byte[0], 50));
    }

    @Exposed
    void later(RemoteReference collector) {
      due.add(() -> Pager.start(collector, PageSource.bytes(text(1), 30)));
    }

    @Exposed
    void file(RemoteReference collector, int size) {
      Pager.start(collector, PageSource.stream(new ByteArrayInputStream(ReplayTest.file(size))));
    }

    void doWhatIsDue() {
      for (Runnable task = due.poll(); task != null; task = due.poll()) {
        task.run();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerSaysWhatTwistedsServerSaid(boolean byteByByte) {
    Library library = new Library();
    BrokerSettings settings = BrokerSettings.DEFAULT.withBlocking(library.due::add);
    ServerReplay server =
        new ServerReplay("pager", library, settings).run(byteByByte, library::doWhatIsDue);
    assertThat(server.differences()).isEmpty();
    assertThat(collectorsAndTheirEnds(Recording.expressions(server.sent())))
        .isEqualTo(collectorsAndTheirEnds(server.recording().expressions("server")))
        .hasSize(10);
    assertThat(server.link().broker().referenceCounts().imported()).isZero();
  }

  /** Where a decref is among other messages is free, but not that it is behind the last page. */
  private static List<String> collectorsAndTheirEnds(List<Object> messages) {
    return messages.stream()
        .map(Notation::show)
        .filter(message -> message.contains("endedPaging") || message.startsWith("[decref"))
        .toList();
  }

  @Test
  void aClientSaysWhatTwistedsClientSaidAndCollectsWhatItCollected() {
    Recording recording = new Recording("pager");
    MemoryLink link = new MemoryLink(Broker.Role.CLIENT, BrokerSettings.DEFAULT, Map.of());
    RemoteReference root = link.broker().root();
    Queue<BananaList> calls = new ArrayDeque<>(recording.calls("client"));
    Queue<CompletableFuture<byte[]>> collected = new ArrayDeque<>();
    for (JsonNode event : recording.events()) {
      if (event.get("from").asText().equals("server")) {
        link.receive(Vectors.hex(event.get("hex")));
      } else if (!calls.isEmpty()) {
        collected.add(callLike(calls.remove(), root));
        assertThat(link.sent()).isEqualTo(Vectors.hex(event.get("hex")));
      }
    }
    assertThat(link.end()).isNull();
    assertThat(collected.stream().map(CompletableFuture::join))
        .containsExactly(text(3), new byte[0], text(1), file(16484), new byte[0]);
    assertThat(link.broker().referenceCounts().exported()).isZero();
  }

  private static CompletableFuture<byte[]> callLike(BananaList message, RemoteReference root) {
    String method = ((ByteString) message.get(3)).utf8();
    BananaList args = (BananaList) message.get(5);
    return args.size() == 2
        ? Paging.getAllPages(root, method)
        : Paging.getAllPages(root, method, args.get(2));
  }
}
