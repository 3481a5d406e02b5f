// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire between a worker and its controller that can be cut, and that can stall. */
final class Proxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<Pair> pairs = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();

  private static final class Pair {
    final Socket near;
    final Socket far;
    private boolean stalled;

    Pair(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    synchronized void stall() {
      stalled = true;
    }

    synchronized void pass() throws InterruptedException {
      while (stalled) {
        wait();
      }
    }

    synchronized void cut() throws IOException {
      stalled = false;
      notifyAll();
      near.close();
      far.close();
    }
  }

  Proxy(int target) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Socket near = listener.accept();
      connections.incrementAndGet();
      try {
        var pair = new Pair(near, new Socket(InetAddress.getLoopbackAddress(), target));
        pairs.add(pair);
        daemon(() -> pump(pair, pair.near, pair.far));
        daemon(() -> pump(pair, pair.far, pair.near));
      } catch (IOException e) {
        near.close(); // The controller is not there.
      }
    }
  }

  private static void pump(Pair pair, Socket from, Socket to)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[4096];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        pair.pass();
        out.write(buffer, 0, n);
      }
    }
  }

  /** Every connection breaks, now. */
  void cut() throws IOException {
    for (Pair pair : pairs) {
      pair.cut();
    }
    pairs.clear();
  }

  /** Nothing more passes on the present connections, which stay open. */
  void stall() {
    pairs.forEach(Pair::stall);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(Task task) {
    var thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                return; // The connection, or the proxy, has ended.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
