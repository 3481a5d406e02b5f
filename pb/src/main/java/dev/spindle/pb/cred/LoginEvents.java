// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.PbListener;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells a connection's listener, if it has one, how logins come out: who, and never a secret. */
public final class LoginEvents {
  private LoginEvents() {}

  /** For a client. */
  public static void observe(
      CompletionStage<?> login, PbConnection connection, Credentials presented) {
    observe(
        login,
        connection,
        presented instanceof Credentials.Password password
            ? password.name()
            : AnonymousChecker.ANONYMOUS);
  }

  /** For a server. */
  static void observe(
      CompletionStage<?> login, PbConnection connection, PresentedCredentials presented) {
    observe(login, connection, nameOf(presented));
  }

  private static String nameOf(PresentedCredentials presented) {
    if (presented instanceof PresentedCredentials.ChallengeResponse response) {
      return response.name();
    }
    return presented instanceof PresentedCredentials.Certificate certificate
        ? certificate.own().getSubjectX500Principal().getName()
        : AnonymousChecker.ANONYMOUS;
  }

  /** A login that a server will not have at all. */
  static void refused(PbConnection connection, String who, Throwable why) {
    PbListener listener = listenerOf(connection);
    if (listener != null) {
      listener.loginRefused(connection, who, why);
    }
  }

  private static void observe(CompletionStage<?> login, PbConnection connection, String who) {
    PbListener listener = listenerOf(connection);
    if (listener != null) {
      login.whenComplete((done, error) -> tell(listener, connection, who, error));
    }
  }

  private static @Nullable PbListener listenerOf(PbConnection connection) {
    return connection instanceof Broker broker ? broker.listener() : null;
  }

  private static void tell(
      PbListener listener, PbConnection connection, String who, @Nullable Throwable error) {
    if (error == null) {
      listener.loginSucceeded(connection, who);
    } else {
      Throwable cause = error instanceof CompletionException ? error.getCause() : error;
      listener.loginRefused(connection, who, cause == null ? error : cause);
    }
  }
}
