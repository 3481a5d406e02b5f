// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.BananaReader;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.vectors.Notation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a broker under test, played by hand: says expressions, in the notation of the
 * reference, and hears what the broker answers. Has shaken hands when it is made.
 */
public final class RawPeer {
  private final MemoryLink link;
  private final BananaReader reader = new BananaReader(BananaLimits.DEFAULT);
  private boolean byteByByte;

  private RawPeer(MemoryLink link) {
    this.link = link;
  }

  /** Plays a client of a server with this root. */
  public static RawPeer ofServer(Referenceable root) {
    return ofServer(root, BrokerSettings.DEFAULT);
  }

  public static RawPeer ofServer(Referenceable root, Executor blocking) {
    return ofServer(root, BrokerSettings.DEFAULT.withBlocking(blocking));
  }

  public static RawPeer ofServer(Referenceable root, BrokerSettings settings) {
    return ofServer(new MemoryLink(Broker.Role.SERVER, settings, Map.of("root", root)));
  }

  public static RawPeer ofServer(MemoryLink link) {
    RawPeer peer = new RawPeer(link);
    peer.heard();
    peer.reader.use(Dialect.PB);
    link.receive(bytes(Notation.read("[pb]").get(0), Dialect.NONE));
    peer.says("[version 6]");
    peer.expect("[version 6]");
    return peer;
  }

  /** Plays the server of a client. */
  public static RawPeer ofClient() {
    return ofClient(BrokerSettings.DEFAULT);
  }

  public static RawPeer ofClient(BrokerSettings settings) {
    RawPeer peer = new RawPeer(new MemoryLink(Broker.Role.CLIENT, settings, Map.of()));
    peer.link.receive(bytes(Notation.read("[pb none]"), Dialect.NONE));
    peer.expect("pb", "[version 6]");
    peer.reader.use(Dialect.PB);
    peer.says("[version 6]");
    return peer;
  }

  private void expect(String... expected) {
    // The client's choice is not abbreviated and its version is, in the dialect chosen.
    reader.use(Dialect.PB);
    List<String> heard = heard();
    if (!heard.equals(List.of(expected))) {
      throw new AssertionError("handshake: " + heard);
    }
  }

  public MemoryLink link() {
    return link;
  }

  public Broker broker() {
    return link.broker();
  }

  /** From now on each byte is delivered on its own. */
  public RawPeer byteByByte() {
    byteByByte = true;
    return this;
  }

  public RawPeer says(String... messages) {
    for (String message : messages) {
      saysExpression(Notation.read(message));
    }
    return this;
  }

  /** Answers a call of the client's with a reference: what the client holds then. */
  public RemoteReference gives(String reference) {
    CompletableFuture<@Nullable Object> call = broker().root().call("get");
    List<Object> heard = heardExpressions();
    BananaList message = (BananaList) heard.get(heard.size() - 1);
    says("[answer " + message.get(1) + " " + reference + "]");
    return (RemoteReference) Objects.requireNonNull(call.join());
  }

  /** Several messages that arrive in one delivery. */
  public RawPeer saysAtOnce(List<String> messages) {
    ByteBuf out = Unpooled.buffer();
    BananaWriter writer = new BananaWriter(out, Dialect.PB, BananaLimits.DEFAULT);
    messages.forEach(message -> writer.expression(Notation.read(message)));
    link.receive(ByteBufUtil.getBytes(out));
    return this;
  }

  public RawPeer saysExpression(Object expression) {
    link.receive(bytes(expression, Dialect.PB), byteByByte);
    return this;
  }

  private static byte[] bytes(Object expression, Dialect dialect) {
    ByteBuf out = Unpooled.buffer();
    new BananaWriter(out, dialect, BananaLimits.DEFAULT).expression(expression);
    return ByteBufUtil.getBytes(out);
  }

  /** What the broker has said since the last time, in the notation. */
  public List<String> heard() {
    return heardExpressions().stream().map(Notation::show).toList();
  }

  public List<Object> heardExpressions() {
    link.runTasks();
    List<Object> expressions = new ArrayList<>();
    try {
      reader.feed(Unpooled.wrappedBuffer(link.sent()), expressions::add);
    } catch (BananaException e) {
      throw new AssertionError("the broker sent nonsense", e);
    }
    if (reader.isInside()) {
      throw new AssertionError("the broker sent half an expression after " + expressions);
    }
    return expressions;
  }

  /** Why the broker ended the connection, or null. */
  public @Nullable String end() {
    return link.end();
  }
}
