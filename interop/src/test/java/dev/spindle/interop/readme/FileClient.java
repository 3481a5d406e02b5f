// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

// [begin client]
import dev.spindle.pb.PbClient;
import dev.spindle.pb.util.PageCollector;
import dev.spindle.pb.util.PageSink;
import dev.spindle.pb.util.Paging;
import java.nio.file.Path;

final class FileClient {
  private static final long MOST = 10L << 30; // bytes that we are ready to take

  public static void main(String[] args) throws Exception {
    try (PbClient client = PbClient.connect(args[0])) {
      PageCollector<Long> copy = PageCollector.of(PageSink.file(Path.of(args[1])), MOST);
      long bytes = Paging.collect(copy, client.root(), "download").join();
      System.out.println(bytes + " bytes");
    }
  }
}
// [end client]
