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
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final PasswordLogins passwords;
  private final Runnable loggedIn;

  public LoginRoot(Portal portal, PasswordLogins passwords) {
    this(
        portal,
        new LoginThrottle(LoginThrottle.REAL_TIME),
        new SecureRandom(),
        passwords,
        () -> {});
  }

  LoginRoot(Portal portal, LoginThrottle throttle, SecureRandom random, Runnable loggedIn) {
    this(portal, throttle, random, PasswordLogins.WHEN_SECURE, loggedIn);
  }

  private LoginRoot(
      Portal portal,
      LoginThrottle throttle,
      SecureRandom random,
      PasswordLogins passwords,
      Runnable loggedIn) {
    this.portal = portal;
    this.throttle = throttle;
    this.random = random;
    this.passwords = passwords;
    this.loggedIn = loggedIn;
  }

  /** The same root for one connection: runs a task after each login there. */
  public LoginRoot whenLoggedIn(Runnable task) {
    return new LoginRoot(portal, throttle, random, passwords, task);
  }

  /** {@code login(name)}: answered with a challenge and who takes its answer, for any name. */
  @Exposed
  Tuple login(@Nullable Object name, PbConnection connection) {
    Optional<String> refusal = passwords.refusal(connection);
    if (refusal.isPresent()) {
      UnhandledCredentialsException why = new UnhandledCredentialsException(refusal.get());
      LoginEvents.refused(connection, shown(name), why);
      throw why;
    }
    String known = nameOf(name);
    byte[] challenge = new byte[CHALLENGE_BYTES];
    random.nextBytes(challenge);
    return Tuple.of(ByteString.copyOf(challenge), new Challenger(this, known, challenge));
  }

  /**
   * Twisted sends a byte string; text is taken too. Bytes that are no text are a name that nobody
   * has: it gets its challenge like any other.
   */
  private static String nameOf(@Nullable Object name) {
    if (name instanceof ByteString bytes && bytes.size() <= MAX_NAME_BYTES) {
      return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
    if (name instanceof String text && ByteString.utf8(text).size() <= MAX_NAME_BYTES) {
      return text;
    }
    throw new PbError(
        "builtins.TypeError", "login() takes a name of at most " + MAX_NAME_BYTES + " bytes");
  }

  /** A name that nobody will look at but people. */
  private static String shown(@Nullable Object name) {
    try {
      return nameOf(name);
    } catch (PbError notOne) {
      return "";
    }
  }

  /**
   * {@code loginAnonymous(mind)}: answered with the avatar. Whoever has shown a certificate logs in
   * with it, if a checker deals with certificates: the protocol has no call of its own for that.
   */
  @Exposed
  CompletionStage<Exposure> loginAnonymous(
      Optional<RemoteReference> mind, PbConnection connection) {
    PresentedCredentials anonymous = new PresentedCredentials.Anonymous();
    List<X509Certificate> chain = connection.peerCertificates();
    if (chain.isEmpty()) {
      return login(anonymous, mind, connection);
    }
    PresentedCredentials certificate = new PresentedCredentials.Certificate(chain);
    return login(() -> portal.check(certificate, anonymous), certificate, mind, connection);
  }

  CompletionStage<Exposure> login(
      PresentedCredentials credentials, Optional<RemoteReference> mind, PbConnection connection) {
    return login(() -> portal.check(credentials), credentials, mind, connection);
  }

  private CompletionStage<Exposure> login(
      Supplier<CompletionStage<String>> check,
      PresentedCredentials presented,
      Optional<RemoteReference> mind,
      PbConnection connection) {
    CompletionStage<Exposure> login =
        throttle
            .attempt(connection.remoteAddress(), check)
            .handle(LoginRoot::checked)
            .thenCompose(id -> avatar(new Login(id, mind, connection)))
            .thenApply(
                avatar -> {
                  loggedIn.run();
                  return new Exposure(
                      avatar.perspective(), Exposure.Kind.PERSPECTIVE, avatar.logout());
                });
    LoginEvents.observe(login, connection, presented);
    return login;
  }

  /** What a checker says; its faults are not for whom it has not let in. */
  private static String checked(@Nullable String id, @Nullable Throwable error) {
    Throwable why = error instanceof CompletionException ? error.getCause() : error;
    if (why instanceof PbError told) {
      throw told;
    }
    if (why != null) {
      throw InternalFault.of("a checker failed", why);
    }
    if (id == null) {
      throw missing("the checker gave no avatar id");
    }
    return id;
  }

  private CompletionStage<Avatar> avatar(Login login) {
    CompletionStage<Avatar> avatar = portal.realm().avatar(login);
    if (avatar == null) {
      throw noAvatar(login);
    }
    return avatar.thenApply(
        made -> {
          if (made == null || made.perspective() == null || made.logout() == null) {
            throw noAvatar(login);
          }
          return made;
        });
  }

  private static PbError noAvatar(Login login) {
    return missing("the realm gave no avatar for '" + login.avatarId() + "'");
  }

  private static PbError missing(String what) {
    return InternalFault.of(what, new IllegalStateException(what + ": found null"));
  }
}
