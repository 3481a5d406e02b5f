// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Exposure;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.PbError;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.Tuple;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The root object of a server with logins.
 *
 * <p>Source: reference, sections 12.1 to 12.3.
 */
public final class LoginRoot implements Referenceable {
  private static final int CHALLENGE_BYTES = 16;

  /** Longest name read, in bytes: it is remembered until the challenge is answered. */
  static final int MAX_NAME_BYTES = 1024;

  private final Portal portal;
  private final LoginThrottle throttle;
  private final SecureRandom random;
  private final Runnable loggedIn;

  public LoginRoot(Portal portal) {
    this(portal, new LoginThrottle(LoginThrottle.REAL_TIME), new SecureRandom(), () -> {});
  }

  LoginRoot(Portal portal, LoginThrottle throttle, SecureRandom random, Runnable loggedIn) {
    this.portal = portal;
    this.throttle = throttle;
    this.random = random;
    this.loggedIn = loggedIn;
  }

  /** The same root for one connection: runs a task after each login there. */
  public LoginRoot whenLoggedIn(Runnable task) {
    return new LoginRoot(portal, throttle, random, task);
  }

  /** {@code login(name)}: answered with a challenge and who takes its answer, for any name. */
  @Exposed
  Tuple login(Object name) {
    byte[] challenge = new byte[CHALLENGE_BYTES];
    random.nextBytes(challenge);
    return Tuple.of(ByteString.copyOf(challenge), new Challenger(this, nameOf(name), challenge));
  }

  /** Twisted sends a byte string; text is taken too. */
  private static String nameOf(Object name) {
    String text = name instanceof ByteString bytes ? bytes.utf8() : name.toString();
    if (!(name instanceof ByteString || name instanceof String) || text.length() > MAX_NAME_BYTES) {
      throw new PbError(
          "builtins.TypeError", "login() takes a name of at most " + MAX_NAME_BYTES + " bytes");
    }
    return text;
  }

  /** {@code loginAnonymous(mind)}: answered with the avatar. */
  @Exposed
  CompletionStage<Exposure> loginAnonymous(
      Optional<RemoteReference> mind, PbConnection connection) {
    return login(new PresentedCredentials.Anonymous(), mind, connection);
  }

  CompletionStage<Exposure> login(
      PresentedCredentials credentials, Optional<RemoteReference> mind, PbConnection connection) {
    return throttle
        .attempt(connection.remoteAddress(), () -> portal.check(credentials))
        .thenCompose(id -> portal.realm().avatar(new Login(id, mind, connection)))
        .thenApply(
            avatar -> {
              loggedIn.run();
              return new Exposure(avatar.perspective(), Exposure.Kind.PERSPECTIVE, avatar.logout());
            });
  }
}
