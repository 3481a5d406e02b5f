// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;

/** The depot's FTP server: FtpServer's frame with the depot's own listener and verbs in it. */
final class FtpService implements AutoCloseable {
  private final DepotLimits limits;
  private final PassivePorts ports;
  private final ControlGuard guard;
  private final FtpListener listener;
  private final FtpServer server;
  private final LimitClock clock = new LimitClock("depot-clock");

  FtpService(DepotSettings settings, GrantTable grants, Incoming incoming) {
    this.limits = settings.limits();
    this.ports = new PassivePorts(settings.address().passivePorts());
    this.guard = new ControlGuard(ports, limits);
    VerbTable verbs =
        new VerbTable(
            new LoginVerbs(grants, new LoginThrottle(System::nanoTime)),
            new DataVerbs(settings.address().advertisedHost()),
            new FileVerbs(incoming, limits.idle()));
    this.listener = new FtpListener(settings.address(), guard, new VerbHandler(verbs, grants));
    this.server = server(listener, verbs, limits);
  }

  private static FtpServer server(FtpListener listener, VerbTable verbs, DepotLimits limits) {
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    // A thread for every connection: none waits for another's transfer.
    connections.setMaxThreads(ControlGuard.maxConnections(limits));
    connections.setAnonymousLoginEnabled(false);
    FtpServerFactory factory = new FtpServerFactory();
    factory.setConnectionConfig(connections.createConnectionConfig());
    factory.setCommandFactory(verbs);
    factory.addListener("default", listener);
    return factory.createServer();
  }

  void start() throws IOException {
    try {
      server.start();
    } catch (FtpException | FtpServerConfigurationException e) {
      throw new IOException("the depot's FTP server does not start: " + e.getMessage(), e);
    }
    clock.start(limits.idle(), guard::look);
  }

  int port() {
    return listener.getPort();
  }

  /** Passive ports of the range that are not lent. */
  int freePassivePorts() {
    return ports.free();
  }

  int connections() {
    return guard.connections();
  }

  @Override
  public void close() {
    clock.close();
    server.stop();
  }
}
