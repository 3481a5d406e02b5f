// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.DeadlineExceededException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.PbListener;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The page on calls. */
final class Pump {
  static final class Office implements Referenceable {
    private long bytes;

    @Exposed
    CompletionStage<String> report(int number) {
      return new CompletableFuture<>(); // is never ready
    }

    @Exposed
    void part(ByteString part) {
      bytes += part.size();
    }

    @Exposed
    long total() {
      return bytes;
    }
  }

  // [begin deadline]
  static void hurry(PbClient client) {
    RemoteReference hurried = client.root().withDeadline(Duration.ofMillis(200));
    try {
      hurried.call("report", 7).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DeadlineExceededException late) {
        // Its message: no answer of 'report' from /127.0.0.1:8787 within 200.0 ms
        System.out.println("late: " + late.method() + (late.wasSent() ? ", perhaps done" : ""));
      } else {
        throw e;
      }
    }
  }

  // [end deadline]

  // [begin pump]
  /** Sends parts one by one, as fast as the other side takes them. */
  static CompletableFuture<Void> pump(Iterator<byte[]> parts, RemoteReference to) {
    while (parts.hasNext()) {
      to.send("part", parts.next());
      CompletableFuture<Void> room = to.connection().whenWritable();
      if (!room.isDone()) { // on the connection's thread: chain, do not join
        return room.thenCompose(now -> pump(parts, to));
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  // [end pump]

  // [begin listener]
  static final class CallLog implements PbListener {
    @Override
    public void callEnded(PbConnection connection, Call call, CallEnd end) {
      // and end.duration(), end.requestBytes(), end.answerBytes(), end.error()
      System.out.println(call.direction() + " " + call.method() + ": " + end.outcome());
    }
  }

  static PbClient connect(String endpoint) throws IOException {
    return PbClient.to(endpoint).listener(new CallLog()).connect();
  }

  // [end listener]

  public static void main(String[] args) throws Exception {
    if (args[0].equals("serve")) {
      try (PbServer server = PbServer.at(args[1]).root(new Office()).start()) {
        Serving.untilStopped(server);
      }
    }
    try (PbClient client = PbClient.connect(args[1])) {
      hurry(client);
      pump(Stream.generate(() -> new byte[100_000]).limit(1_000).iterator(), client.root()).join();
      System.out.println(client.root().call("total").join());
    }
    try (PbClient client = connect(args[1])) {
      client.root().call("total").join();
      client.root().call("nothing").handle((value, error) -> error).join();
    }
  }

  private Pump() {}
}
