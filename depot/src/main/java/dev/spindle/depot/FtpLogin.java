// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.Grant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;

/**
 * The client's end of one grant in use.
 *
 * <p>Thread: one, but for {@link #abort} and the idle time. Commands that the depot refuses throw
 * {@link FtpReplyException}.
 */
final class FtpLogin implements AutoCloseable {
  private final FTPClient client = new FTPClient();
  private final ChannelSockets sockets = new ChannelSockets();
  private final Grant grant;
  private final Consumer<FtpLogin> whenClosed;
  private volatile long lastMoveNanos = System.nanoTime();
  private volatile boolean moving;

  FtpLogin(Grant grant, TransferLimits limits, Consumer<FtpLogin> whenClosed) {
    this.grant = grant;
    this.whenClosed = whenClosed;
    client.setSocketFactory(sockets);
    client.setControlEncoding(StandardCharsets.US_ASCII.name());
    client.setConnectTimeout((int) limits.connect().toMillis());
    client.setDefaultTimeout((int) limits.control().toMillis());
    client.setDataTimeout(limits.idle());
    // One form for both families, and none that address translation could garble.
    client.setUseEPSVwithIPv4(true);
  }

  void open() throws IOException {
    client.connect(grant.host(), grant.port());
    check("connecting", FTPReply.isPositiveCompletion(client.getReplyCode()));
    check("USER and PASS", client.login(grant.user(), grant.password()));
    check("TYPE I", client.setFileType(FTP.BINARY_FILE_TYPE));
    client.enterLocalPassiveMode();
  }

  /** How much of the file the depot has. */
  long size() throws IOException {
    String answer = client.getSize(grant.path());
    check("SIZE", answer != null);
    try {
      return Long.parseLong(String.valueOf(answer).strip());
    } catch (NumberFormatException e) {
      throw new IOException("SIZE was answered with '" + answer + "', expected a number", e);
    }
  }

  InputStream retrieve(long offset) throws IOException {
    client.setRestartOffset(offset);
    InputStream in = client.retrieveFileStream(grant.path());
    check("RETR", in != null);
    moved();
    return in;
  }

  OutputStream store(long offset) throws IOException {
    client.setRestartOffset(offset);
    OutputStream out = client.storeFileStream(grant.path());
    check("STOR", out != null);
    moved();
    return out;
  }

  /** The depot's verdict on the transfer whose data connection has ended. */
  void complete() throws IOException {
    moving = false;
    check("the transfer", client.completePendingCommand());
  }

  /** The verdict on a transfer whose data connection broke, if the depot still gives one. */
  Optional<FtpReplyException> verdict() {
    try {
      complete();
      return Optional.empty();
    } catch (FtpReplyException e) {
      return Optional.of(e);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void moved() {
    moving = true;
    lastMoveNanos = System.nanoTime();
  }

  /** Whether the data connection is in use and nothing moved for so long. */
  boolean isStuck(long nowNanos, long idleNanos) {
    return moving && nowNanos - lastMoveNanos > idleNanos;
  }

  /** Ends whatever is going on, from any thread. */
  void abort() {
    sockets.closeAll();
  }

  /** Goodbye is not waited for: the depot sees the end of the connection. */
  @Override
  public void close() {
    sockets.closeAll();
    whenClosed.accept(this);
  }

  private void check(String command, boolean good) throws FtpReplyException {
    if (!good) {
      throw new FtpReplyException(
          command, client.getReplyCode(), String.valueOf(client.getReplyString()));
    }
  }
}
