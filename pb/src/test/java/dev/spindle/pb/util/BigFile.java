// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A program of its own, for a JVM with a small heap: pages a file from a server to a client, and
 * prints how many bytes came, their CRC and how many megabytes that were in a second.
 */
final class BigFile {
  private record Library(Path file, int pageBytes) implements Referenceable {
    @Exposed
    CompletionStage<@Nullable Void> file(RemoteReference collector) {
      return Pager.start(collector, PageSource.file(file, pageBytes)).done();
    }
  }

  public static void main(String[] args) throws Exception {
    Library library = new Library(Path.of(args[0]), Integer.parseInt(args[1]));
    try (PbServer server = PbServer.at("tcp:port=0").root(library).start();
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      CRC32 crc = new CRC32();
      PageSink<Long> sink = PageSink.each(page -> crc.update(page.asByteBuffer()));
      long began = System.nanoTime();
      long count =
          Paging.collect(PageCollector.of(sink, Long.MAX_VALUE), client.root(), "file").join();
      long millis = Math.max(1, (System.nanoTime() - began) / 1_000_000);
      System.out.printf(
          "%d bytes, CRC %x, %d MB/s%n", count, crc.getValue(), count / 1000 / millis);
    }
  }
}
