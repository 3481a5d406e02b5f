// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.PbBuilder;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection between a Java side and a Twisted side on which each holds the other's lab.
 *
 * <p>From here on the roles do not matter: a test calls {@link #theirs} and has Twisted call {@link
 * #lab}.
 */
final class Meeting implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final TwistedPeer peer;
  private final int number;
  private final AutoCloseable endpoint;
  private final Lab lab;
  private final Broker broker;
  private @Nullable RemoteReference theirs;

  private Meeting(
      TwistedPeer peer, int number, AutoCloseable endpoint, Lab lab, RemoteReference theirs) {
    this.peer = peer;
    this.number = number;
    this.endpoint = endpoint;
    this.lab = lab;
    this.theirs = theirs;
    this.broker = (Broker) theirs.connection();
  }

  /**
   * Meets a peer.
   *
   * @param number names the meeting at the peer
   * @param settings of our own end
   */
  static Meeting begin(
      Pairing pairing, TwistedPeer peer, int number, Wiring wiring, Consumer<PbBuilder<?>> settings)
      throws Exception {
    Lab lab = new Lab();
    if (pairing.javaListens) {
      Doorstep doorstep = new Doorstep(lab);
      String place = wiring.anyPlace("java-" + number + ".sock");
      PbServer.Builder builder =
          PbServer.at(wiring.listening(place)).types(Garden.TYPES).root(doorstep);
      settings.accept(builder);
      PbServer server = builder.start();
      peer.command(null, "dial", wiring.arguments(number, wiring.place(server)));
      return new Meeting(peer, number, server, lab, doorstep.await());
    }
    String place = peer.command(null, "listen", wiring.arguments()).asText();
    PbClient.Builder builder = PbClient.to(wiring.dialing(place)).types(Garden.TYPES);
    settings.accept(builder);
    PbClient client = builder.connect();
    Object theirs = await(client.root().call("meet", number, lab));
    return new Meeting(peer, number, client, lab, (RemoteReference) Objects.requireNonNull(theirs));
  }

  /** Where a Twisted client comes in: it gives its lab and gets ours. */
  static final class Doorstep implements Referenceable {
    private final Lab lab;

    /** Holds what came for no longer than until it is taken, as tests count what is held. */
    private final BlockingQueue<RemoteReference> met = new ArrayBlockingQueue<>(1);

    Doorstep(Lab lab) {
      this.lab = lab;
    }

    @Exposed
    Lab meet(int number, RemoteReference theirs) {
      met.add(theirs);
      return lab;
    }

    RemoteReference await() throws InterruptedException {
      return Objects.requireNonNull(met.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "nobody came");
    }
  }

  Lab lab() {
    return lab;
  }

  /** Twisted's lab. */
  RemoteReference theirs() {
    return Objects.requireNonNull(theirs);
  }

  Broker broker() {
    return broker;
  }

  /** Calls Twisted's lab and waits; what fails is thrown as it is. */
  @Nullable Object call(String method, @Nullable Object... args) {
    return await(theirs().call(method, args));
  }

  /** Twisted's mirror. */
  RemoteReference mirror() {
    return (RemoteReference) Objects.requireNonNull(call("mirror"));
  }

  @Nullable Object callMirror(String method, @Nullable Object... args) {
    return await(mirror().call(method, args));
  }

  /** Waits for a future; what it failed with is thrown as it is. */
  static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    try {
      return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Has Twisted call our lab; arguments are Python source. */
  Outcome twistedCalls(String method, String arguments) {
    return twistedCalls(method, arguments, "{}");
  }

  /** Has Twisted call our lab with keyword arguments. */
  Outcome twistedCalls(String method, String arguments, String keywords) {
    return Outcome.of(twisted("call", method, arguments, keywords));
  }

  /** Gives Twisted a command about this connection: a {@code do_} method of {@code Meeting}. */
  JsonNode twisted(String command, Object... args) {
    return peer.command(number, command, args);
  }

  /** Lets go of everything that this side holds of the other, leaving it to the collector. */
  void dropTheirs() {
    theirs = null;
  }

  /** Ends the connection from here. */
  void hangUp() {
    broker.close();
  }

  /** Ends our side alone, for when the peer is gone. */
  void closeEndpoint() throws Exception {
    endpoint.close();
  }

  @Override
  public void close() throws Exception {
    closeEndpoint();
    peer.command(null, "forget", number);
  }
}
