// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaReader;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.vectors.Notation;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A peer of blocking sockets that says what it likes, when it likes. */
final class SocketPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final BananaReader reader = new BananaReader(BananaLimits.DEFAULT);
  private final Queue<Object> heard = new ArrayDeque<>();

  SocketPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  static SocketPeer to(PbServer server) throws IOException {
    InetSocketAddress address = server.address();
    return new SocketPeer(new Socket(address.getAddress(), address.getPort()));
  }

  /** A client that has agreed on dialect pb. */
  static SocketPeer client(PbServer server) throws IOException {
    SocketPeer peer = to(server);
    peer.shakeHands();
    return peer;
  }

  void shakeHands() throws IOException {
    hear();
    reader.use(Dialect.PB);
    socket.getOutputStream().write(Feeding.written(Notation.read("[pb]").get(0), Dialect.NONE));
    say("[version 6]");
    hear();
  }

  /** The server's side of a handshake. */
  SocketPeer serve() throws IOException {
    socket.getOutputStream().write(Feeding.written(Notation.read("[pb none]"), Dialect.NONE));
    // What comes behind the choice may come with it.
    reader.use(Dialect.PB);
    hear();
    say("[version 6]");
    hear();
    return this;
  }

  void say(String... messages) throws IOException {
    sayBytes(bytes(messages));
  }

  /** Messages as they go over the wire. */
  static byte[] bytes(String... messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String message : messages) {
      all.writeBytes(Feeding.written(Notation.read(message), Dialect.PB));
    }
    return all.toByteArray();
  }

  void sayBytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next expression, in the notation of the reference. */
  String hear() throws IOException {
    Object expression = hearExpression();
    return expression == null ? "end" : Notation.show(expression);
  }

  /** The next expression, or null at the end of the stream. */
  @Nullable Object hearExpression() throws IOException {
    byte[] buffer = new byte[64 * 1024];
    InputStream in = socket.getInputStream();
    while (heard.isEmpty()) {
      int count = read(in, buffer);
      if (count < 0) {
        return null;
      }
      try {
        reader.feed(Unpooled.wrappedBuffer(buffer, 0, count), heard::add);
      } catch (BananaException e) {
        throw new AssertionError(e);
      }
    }
    return heard.remove();
  }

  /** A reset is an end like any other: which one comes depends on what was not read. */
  private static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (SocketException e) {
      return -1;
    }
  }

  Socket socket() {
    return socket;
  }

  /** Ends the connection without a word. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
