// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Spindle's own. */
final class SpindleEcho implements Echo {
  private final PbClient client;
  private final RemoteReference root;

  SpindleEcho(int port) throws IOException {
    client = PbClient.connect("tcp:host=127.0.0.1:port=" + port);
    root = client.root();
  }

  static final class Server implements Referenceable {
    @Exposed
    Object echo(Object value) {
      return value;
    }

    static EchoServer.Running start(String... args) throws IOException {
      PbServer.Builder settings = PbServer.at("tcp:host=127.0.0.1:port=0").root(new Server());
      if (args.length > 1) {
        settings.threads(Integer.parseInt(args[1]));
      }
      PbServer server = settings.start();
      return new EchoServer.Running(server.address().getPort(), server::close);
    }
  }

  /** The same as one of these whose answers nobody waits for. */
  void send(Object form) {
    root.send("echo", form);
  }

  /** Waits until the server has read what was sent. */
  void awaitWritable() {
    client.whenWritable().join();
  }

  @Override
  public String version() {
    return "Java " + Runtime.version();
  }

  @Override
  public Object formOf(Payload payload) {
    return payload.value instanceof byte[] bytes ? ByteString.copyOf(bytes) : payload.value;
  }

  @Override
  public void call(Object form, BiConsumer<@Nullable Object, @Nullable Throwable> answer) {
    root.call("echo", form).whenComplete(answer);
  }

  @Override
  public void close() {
    client.close();
  }
}
