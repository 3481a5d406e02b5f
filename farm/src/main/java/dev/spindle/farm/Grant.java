// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.time.Duration;

/**
 * A short-lived FTP login for one file in one direction. Good for one login; a cut transfer is
 * resumed with a new grant.
 *
 * @param host where to log in; empty when the depot listens everywhere, and the wire then puts the
 *     address there at which the holder reached the controller
 * @param port the FTP port
 * @param tls whether to ask for TLS first
 * @param user a random name
 * @param password a random secret
 * @param path the one path that may be named
 * @param file what is there, or is to be there
 * @param valid how long the login is good for
 * @param offset bytes that the depot already has of a file to be written; equal to the size when
 *     nothing is left to send
 */
public record Grant(
    String host,
    int port,
    boolean tls,
    String user,
    String password,
    String path,
    StoredFile file,
    Duration valid,
    long offset) {

  public Grant withHost(String newHost) {
    return new Grant(newHost, port, tls, user, password, path, file, valid, offset);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Grant[" + user + "@" + host + ":" + port + " " + path + " " + file.name() + "]";
  }
}
