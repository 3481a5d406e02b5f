// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;

/**
 * Stands between the network and the threads that run commands: what cannot wait for a command's
 * end is done here. Counts connections and waiting lines, cuts a transfer on ABOR, and frees a data
 * connection as soon as its control connection is gone.
 *
 * <p>Thread: the network's; never blocks. {@link #look} comes from the service's clock.
 */
final class ControlGuard extends IoFilterAdapter {
  /** Connections that are not logged in yet, beside those that are. */
  static final int MAX_WAITING_TO_LOGIN = 32;

  private final PassivePorts ports;
  private final DepotLimits limits;
  private final Set<ControlConnection> connections = ConcurrentHashMap.newKeySet();

  ControlGuard(PassivePorts ports, DepotLimits limits) {
    this.ports = ports;
    this.limits = limits;
  }

  /** Most connections at once. */
  static int maxConnections(DepotLimits limits) {
    return limits.maxLogins() + MAX_WAITING_TO_LOGIN;
  }

  int connections() {
    return connections.size();
  }

  @Override
  public void sessionOpened(NextFilter next, IoSession session) {
    ControlConnection connection = new ControlConnection(session, ports);
    connections.add(connection);
    if (connections.size() > maxConnections(limits)) {
      connection.dismiss(421, "Too many connections: try again later");
    } else {
      next.sessionOpened(session);
    }
  }

  @Override
  public void messageReceived(NextFilter next, IoSession session, Object line) {
    ControlConnection connection = ControlConnection.of(session);
    if (connection == null || connection.isClosing()) {
      return;
    }
    String text = (String) line;
    if (text.equals(CommandLines.TOO_LONG)) {
      connection.dismiss(
          500, "A line is longer than " + CommandLines.MAX_LINE_BYTES + " bytes: goodbye");
    } else if (!connection.mayWait()) {
      connection.dismiss(421, "Wait for the answers before sending more: goodbye");
    } else {
      // Before the login there is nothing to cut, and the verb is refused that would end the abort.
      if (connection.login() != null && text.toUpperCase(Locale.ROOT).trim().equals("ABOR")) {
        connection.data().abort();
      }
      next.messageReceived(session, text);
    }
  }

  @Override
  public void sessionClosed(NextFilter next, IoSession session) {
    ControlConnection connection = ControlConnection.of(session);
    if (connection != null) {
      connections.remove(connection);
      connection.left();
    }
    next.sessionClosed(session);
  }

  @Override
  public void exceptionCaught(NextFilter next, IoSession session, Throwable cause) {
    // A reset by the peer or bytes that are no text: either way there is nobody to talk to.
    session.closeNow();
  }

  /** Drops who is silent for too long, or not logged in in time. */
  void look(long nowNanos) {
    long idle = limits.idle().toNanos();
    for (ControlConnection connection : connections) {
      long silent = connection.silentNanos(nowNanos);
      if (connection.data().isInUse()) {
        if (nowNanos - connection.data().lastMoveNanos() > idle) {
          connection.data().cut();
        }
      } else if (silent > 2 * idle) {
        connection.close(); // It does not even take the goodbye.
      } else if (silent > idle) {
        connection.dismiss(421, "Nothing was said for too long: goodbye");
      } else if (connection.login() == null
          && nowNanos - connection.openedNanos() > limits.loginDeadline().toNanos()) {
        connection.dismiss(421, "No login in time: goodbye");
      }
    }
  }

  void closeAll() {
    connections.forEach(ControlConnection::close);
  }
}
