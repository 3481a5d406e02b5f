// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.interop.Wiring;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** In the tests' own JVM, over real sockets also with itself. */
final class JavaSide implements Side {
  private final AtomicInteger sockets = new AtomicInteger();

  @Override
  public Service serve(Feature feature, Wiring wiring) {
    return new JavaService(
        feature.conversation(),
        wiring,
        wiring.anyPlace("java-" + sockets.incrementAndGet() + ".sock"));
  }

  @Override
  public List<String> visit(Feature feature, Wiring wiring, String place) throws Exception {
    Speaker visit = new Speaker();
    feature.conversation().visit(PbClient.to(wiring.dialing(place)), visit);
    return visit.lines();
  }

  private static final class JavaService implements Service {
    private final Conversation conversation;
    private final Wiring wiring;
    private final Speaker speaker = new Speaker();
    private final String place;
    private PbServer server;
    private CompletableFuture<?> restarts = CompletableFuture.completedFuture(null);

    JavaService(Conversation conversation, Wiring wiring, String anyPlace) {
      this.conversation = conversation;
      this.wiring = wiring;
      this.server = start(anyPlace);
      this.place = wiring.place(server);
    }

    private PbServer start(String at) {
      try {
        PbServer.Builder builder = PbServer.at(wiring.listening(at));
        conversation.serve(builder, new Host(speaker, this::restart));
        return builder.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** On another thread than a connection's, which the server's end would wait for. */
    private synchronized void restart() {
      restarts =
          restarts.thenRunAsync(
              () -> {
                server.close();
                server = start(place);
              });
    }

    @Override
    public String place() {
      return place;
    }

    @Override
    public synchronized List<String> end() {
      Speaker.await(restarts);
      server.close();
      return speaker.lines();
    }
  }
}
