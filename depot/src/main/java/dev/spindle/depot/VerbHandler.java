// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpHandler;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.listener.Listener;
import org.apache.mina.core.session.IdleStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the commands of a connection, one after the other, and sees to its login when it ends.
 *
 * <p>Thread: one of the server's pool; for one connection never two at once.
 */
final class VerbHandler implements FtpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(VerbHandler.class);

  private final VerbTable verbs;
  private final GrantTable grants;

  VerbHandler(VerbTable verbs, GrantTable grants) {
    this.verbs = verbs;
    this.grants = grants;
  }

  @Override
  public void init(FtpServerContext context, Listener listener) {
    // The verbs bring along what they need.
  }

  @Override
  public void sessionCreated(FtpIoSession session) {
    // Nothing is known before it is opened.
  }

  @Override
  public void sessionOpened(FtpIoSession session) {
    connection(session).reply(220, "Spindle depot");
  }

  @Override
  public void messageReceived(FtpIoSession session, FtpRequest request)
      throws IOException, FtpException {
    ControlConnection connection = connection(session);
    try {
      if (!connection.isClosing()) {
        run(connection, session, request);
      }
    } finally {
      connection.lineDone();
    }
  }

  private void run(ControlConnection connection, FtpIoSession session, FtpRequest request)
      throws IOException, FtpException {
    Command command = verbs.getCommand(request.getCommand());
    if (command == null) {
      connection.reply(502, "Not offered: a grant is for one file, by RETR or STOR");
    } else if (connection.login() == null && verbs.needsLogin(request.getCommand())) {
      connection.reply(530, "Log in first, with USER and PASS");
    } else {
      command.execute(session, null, request);
    }
  }

  @Override
  public void sessionClosed(FtpIoSession session) {
    Login login = connection(session).login();
    if (login != null) {
      grants.leave(login);
    }
  }

  @Override
  public void exceptionCaught(FtpIoSession session, Throwable cause) {
    LOG.error("FTP connection of {} failed", session.getRemoteAddress(), cause);
    session.closeNow();
  }

  @Override
  public void sessionIdle(FtpIoSession session, IdleStatus status) {
    // The guard looks after idle connections.
  }

  @Override
  public void messageSent(FtpIoSession session, FtpReply reply) {
    // Replies need no follow-up.
  }

  private static ControlConnection connection(FtpIoSession session) {
    ControlConnection known = ControlConnection.of(session);
    if (known == null) {
      throw new IllegalStateException("a session that never opened speaks");
    }
    return known;
  }
}
