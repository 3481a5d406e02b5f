// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Makes a login's sockets and can close them all at once, from any thread. They belong to channels,
 * so that an interrupt ends a blocked read, write or connect.
 */
final class ChannelSockets extends SocketFactory {
  private final Set<SocketChannel> made = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  @Override
  public Socket createSocket() throws IOException {
    SocketChannel channel = SocketChannel.open();
    made.removeIf(earlier -> !earlier.isOpen());
    made.add(channel);
    if (closed) {
      closeAll();
    }
    return channel.socket();
  }

  /** Ends whatever is blocked on one of the sockets; further ones are born closed. */
  void closeAll() {
    closed = true;
    for (SocketChannel channel : made) {
      try {
        channel.close();
      } catch (IOException e) {
        // The system gives the descriptor up nonetheless.
      }
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = createSocket();
    socket.connect(address);
    return socket;
  }
}
