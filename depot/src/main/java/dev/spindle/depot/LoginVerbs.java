// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.util.Optional;

/** USER and PASS: a login is a grant. */
final class LoginVerbs {
  /** Wrong passwords after which a connection is closed. */
  static final int MAX_FAILURES = 3;

  private final GrantTable grants;
  private final LoginThrottle throttle;

  LoginVerbs(GrantTable grants, LoginThrottle throttle) {
    this.grants = grants;
    this.throttle = throttle;
  }

  void user(ControlConnection connection, String argument) throws Refusal {
    checkNotLoggedIn(connection);
    if (argument.isEmpty()) {
      throw new Refusal(501, "USER needs the grant's user name");
    }
    connection.user(argument);
    // The same answer for every name.
    connection.reply(331, "Password, please");
  }

  void pass(ControlConnection connection, String argument) throws Refusal, InterruptedException {
    checkNotLoggedIn(connection);
    String user = connection.user();
    if (user == null) {
      throw new Refusal(503, "USER first");
    }
    connection.user(null);
    if (grants.isFull()) {
      connection.dismiss(421, "Too many logins: try again later");
      return;
    }
    Optional<Login> login = grants.redeem(user, argument);
    if (login.isPresent()) {
      connection.login(login.get());
      connection.reply(230, "Good for one file");
    } else {
      refuse(connection);
    }
  }

  private void refuse(ControlConnection connection) throws Refusal, InterruptedException {
    connection.pause(throttle.failed(connection.peer()).toMillis());
    String text = "No such login, or no longer: ask for a new grant";
    if (connection.countFailedLogin() >= MAX_FAILURES) {
      connection.dismiss(530, text);
    } else {
      throw new Refusal(530, text);
    }
  }

  private static void checkNotLoggedIn(ControlConnection connection) throws Refusal {
    if (connection.login() != null) {
      throw new Refusal(503, "Logged in already, and for one file only");
    }
  }
}
