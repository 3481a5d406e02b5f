// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.util.PageSource;
import dev.spindle.pb.util.Pager;
import dev.spindle.pb.util.Paging;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What is sent in pages, by both sides. */
final class PagesConversation implements Conversation {
  private static final int[] SIZES = {0, 1, 8192, 100_000};
  private static final int CYCLE = 251;

  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i % CYCLE);
    }
    return bytes;
  }

  static final class Library implements Referenceable {
    private final Speaker speaker;

    Library(Speaker speaker) {
      this.speaker = speaker;
    }

    @Exposed
    void string(RemoteReference collector, int size) {
      Pager.start(collector, PageSource.bytes(pattern(size)));
    }

    @Exposed
    void file(RemoteReference collector, int size) {
      Pager.start(collector, PageSource.stream(new ByteArrayInputStream(pattern(size))));
    }

    /** Reads everything that the other side has. */
    @Exposed(blocking = true)
    void readFrom(RemoteReference library) {
      for (String kind : List.of("string", "file")) {
        for (int size : SIZES) {
          byte[] everything = await(Paging.getAllPages(library, kind, size));
          CRC32 crc = new CRC32();
          crc.update(everything);
          speaker.say(kind + " of " + size, crc.getValue());
          if (!Arrays.equals(everything, pattern(size))) {
            throw new AssertionError("other bytes than were sent");
          }
        }
      }
    }

    @Exposed
    Object echo(Object value) {
      return value;
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.root(new Library(host.speaker()));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.connect()) {
      RemoteReference root = connection.root();
      Library mine = new Library(visit);
      mine.readFrom(root);
      await(root.call("readFrom", mine));
      CompletableFuture<byte[]> string = Paging.getAllPages(root, "string", 600_000);
      CompletableFuture<byte[]> file = Paging.getAllPages(root, "file", 2_000_000);
      CompletableFuture<@Nullable Object> called = root.call("echo", "meanwhile");
      visit.say("two at once", List.of(await(string).length, await(file).length));
      visit.say("and a call", await(called));
    }
  }
}
