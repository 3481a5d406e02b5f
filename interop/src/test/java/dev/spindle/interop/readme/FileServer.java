// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

// [begin server]
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.util.PageSource;
import dev.spindle.pb.util.Pager;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

record FileServer(Path file) implements Referenceable {
  @Exposed
  CompletionStage<Void> download(RemoteReference collector) {
    return Pager.start(collector, PageSource.file(file)).done();
  }

  public static void main(String[] args) throws Exception {
    FileServer files = new FileServer(Path.of(args[1]));
    try (PbServer server = PbServer.at(args[0]).root(files).start()) {
      System.out.println("listening on port " + server.address().getPort());
      Thread.currentThread().join(); // until the process is stopped
    }
  }
}
// [end server]
