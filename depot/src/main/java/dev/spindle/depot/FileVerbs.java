// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIZE, REST, RETR and STOR, of the one file that the login is good for. */
final class FileVerbs {
  private static final Logger LOG = LoggerFactory.getLogger(FileVerbs.class);

  /** For the end of an earlier transfer of the same file, whose connection is closed already. */
  private static final Duration PREDECESSOR_PATIENCE = Duration.ofSeconds(10);

  private static final int MAX_OFFSET_DIGITS = 18;

  private final Incoming incoming;
  private final Duration patience;

  /**
   * @param patience with a data connection that does not come
   */
  FileVerbs(Incoming incoming, Duration patience) {
    this.incoming = incoming;
    this.patience = patience;
  }

  void size(ControlConnection connection, String argument) throws Refusal {
    GrantedFile file = file(connection, argument);
    long bytes = file.size();
    if (file instanceof GrantedFile.Writing) {
      Partial partial = ((GrantedFile.Writing) file).partial();
      bytes = partial.isHere() ? partial.size() : partial.length();
    }
    connection.reply(213, Long.toString(bytes));
  }

  void rest(ControlConnection connection, String argument) throws Refusal {
    if (argument.length() > MAX_OFFSET_DIGITS || !argument.matches("\\d+")) {
      throw new Refusal(501, "REST needs a number of bytes");
    }
    connection.restartAt(Long.parseLong(argument));
    connection.reply(350, "Going on at " + argument);
  }

  void retr(ControlConnection connection, String argument) throws Refusal, IOException {
    long offset = Math.max(0, connection.takeRestart());
    GrantedFile file = file(connection, argument);
    if (!(file instanceof GrantedFile.Reading)) {
      throw new Refusal(550, "This login is for STOR");
    }
    if (offset > file.size()) {
      throw new Refusal(554, "The file has " + file.size() + " bytes: REST at most that");
    }
    checkArranged(connection);
    connection.reply(150, "Sending " + (file.size() - offset) + " bytes");
    try {
      SocketChannel socket = connect(connection);
      FileFlow.send(((GrantedFile.Reading) file).object(), offset, socket, connection.data());
    } finally {
      connection.data().done();
    }
    connection.reply(226, "All " + file.size() + " bytes are sent");
  }

  void stor(ControlConnection connection, String argument)
      throws Refusal, IOException, InterruptedException {
    long offset = connection.takeRestart();
    GrantedFile file = file(connection, argument);
    if (!(file instanceof GrantedFile.Writing)) {
      throw new Refusal(550, "This login is for RETR");
    }
    checkArranged(connection);
    Partial partial = ((GrantedFile.Writing) file).partial();
    if (!partial.acquire(PREDECESSOR_PATIENCE.toMillis())) {
      throw new Refusal(450, "An earlier transfer of this file is still ending: try again");
    }
    try {
      if (offset == partial.size() && partial.isHere()) {
        receive(connection, offset, FileVerbs::nothing);
      } else {
        store(connection, partial, offset);
      }
    } catch (UploadRefused e) {
      throw refusal(partial, e);
    } finally {
      partial.release();
      if (partial.isHere()) {
        incoming.discard(partial);
      }
    }
    connection.reply(226, "All " + file.size() + " bytes are here and right");
  }

  private void store(ControlConnection connection, Partial partial, long offset)
      throws Refusal, IOException {
    if (offset < 0) {
      partial.startOver();
    } else if (offset != partial.length()) {
      throw new Refusal(554, "REST must be " + partial.length() + ": that much is here");
    }
    try {
      receive(connection, partial.length(), partial::append);
    } catch (Refusal cut) {
      // When all bytes are here, the hash says more than a proper end of the connection.
      if (partial.length() < partial.size()) {
        throw cut;
      }
    }
    if (partial.length() < partial.size()) {
      throw new Refusal(
          550,
          partial.length()
              + " of "
              + partial.size()
              + " bytes came: go on with REST "
              + partial.length());
    }
    incoming.finish(partial);
  }

  private void receive(ControlConnection connection, long offset, FileFlow.Sink sink)
      throws Refusal, IOException {
    connection.reply(150, "Ready, from byte " + offset);
    try {
      FileFlow.receive(connect(connection), sink, connection.data());
    } catch (UploadRefused e) {
      throw e;
    } catch (IOException e) {
      throw new Refusal(426, "The transfer was cut: go on with REST, if need be a new grant");
    } finally {
      connection.data().done();
    }
  }

  private static void nothing(byte[] bytes, int count) throws UploadRefused {
    throw new UploadRefused(UploadRefused.Kind.TOO_LONG, "The file is here: nothing is to follow");
  }

  private SocketChannel connect(ControlConnection connection) throws Refusal {
    try {
      return connection.data().connect(patience);
    } catch (IOException e) {
      throw new Refusal(425, "No data connection with your address came about");
    }
  }

  private Refusal refusal(Partial partial, UploadRefused why) {
    switch (why.kind()) {
      case TOO_LONG:
        incoming.discard(partial);
        return new Refusal(552, why.getMessage());
      case WRONG_HASH:
        return new Refusal(551, why.getMessage());
      case DISK_FULL:
        return new Refusal(452, why.getMessage());
      case DISK_FAILED:
        LOG.error("cannot write {} of {}", partial.key().name(), partial.key().holder().key(), why);
        incoming.discard(partial);
        return new Refusal(451, why.getMessage());
      case REVOKED:
      default:
        return new Refusal(550, why.getMessage());
    }
  }

  private static void checkArranged(ControlConnection connection) throws Refusal {
    if (!connection.data().isArranged()) {
      throw new Refusal(425, "EPSV, PASV, EPRT or PORT first");
    }
  }

  private static GrantedFile file(ControlConnection connection, String argument) throws Refusal {
    Login login = connection.login();
    if (login == null) {
      throw new Refusal(530, "Log in first, with USER and PASS");
    }
    String path = argument.startsWith("/") ? argument : "/" + argument;
    if (!path.equals(login.file().path())) {
      throw new Refusal(550, "This login is for " + login.file().path() + " alone");
    }
    return login.file();
  }
}
