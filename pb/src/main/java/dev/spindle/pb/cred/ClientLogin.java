// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The client's side of a login. Source: reference, section 12. */
public final class ClientLogin {
  private ClientLogin() {}

  /** Logs in through a server's root object; with a password only where nobody can read along. */
  public static CompletableFuture<RemoteReference> login(
      RemoteReference root, Credentials credentials, @Nullable Referenceable mind) {
    return login(root, credentials, mind, PasswordLogins.WHEN_SECURE);
  }

  /**
   * Logs in through a server's root object.
   *
   * @param mind an object that the server may call, or null
   * @return the avatar's perspective; fails with a {@link RemoteException} whose {@code isA} tells
   *     {@link LoginRefusedException#TYPE} for a wrong name or secret; with a {@link
   *     LoginUnavailableException}, before anything is sent, when it cannot be over this connection
   */
  public static CompletableFuture<RemoteReference> login(
      RemoteReference root,
      Credentials credentials,
      @Nullable Referenceable mind,
      PasswordLogins passwords) {
    Objects.requireNonNull(credentials, "credentials");
    if (credentials instanceof Credentials.Password password) {
      Optional<String> refusal = passwords.refusal(root.connection());
      if (refusal.isPresent()) {
        return CompletableFuture.failedFuture(new LoginUnavailableException(refusal.get()));
      }
      return root.call("login", ByteString.utf8(password.name()))
          .thenCompose(answer -> respond(answer, password, mind))
          .thenCompose(ClientLogin::avatar);
    }
    return root.call("loginAnonymous", mind).thenCompose(ClientLogin::avatar);
  }

  private static CompletionStage<@Nullable Object> respond(
      @Nullable Object answer, Credentials.Password password, @Nullable Referenceable mind) {
    if (!(answer instanceof Tuple pair
        && pair.size() == 2
        && pair.get(0) instanceof ByteString challenge
        && pair.get(1) instanceof RemoteReference challenger)) {
      return unexpected("a challenge and who takes its answer", answer);
    }
    byte[] response = Md5.response(Md5.ofSecret(password.secret()), challenge.toByteArray());
    CompletableFuture<@Nullable Object> avatar = challenger.call("respond", response, mind);
    challenger.close();
    return avatar;
  }

  private static CompletionStage<RemoteReference> avatar(@Nullable Object answer) {
    return answer instanceof RemoteReference perspective
        ? CompletableFuture.completedFuture(perspective)
        : unexpected("a perspective", answer);
  }

  private static <T> CompletionStage<T> unexpected(String expected, @Nullable Object answer) {
    String found = answer == null ? "None" : answer.getClass().getSimpleName();
    return CompletableFuture.failedFuture(
        new RemoteException(
            "dev.spindle.pb.cred.UnexpectedAnswer",
            "expected " + expected + " as the answer to a login, found " + found,
            List.of(),
            ""));
  }
}
