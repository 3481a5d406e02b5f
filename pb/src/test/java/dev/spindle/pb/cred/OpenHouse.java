// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.broker.Referenceable;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A server's root for who wants to be logged in: anybody may be, and time does not pass. */
public final class OpenHouse {
  private static final SecureRandom RANDOM = new SecureRandom();

  private OpenHouse() {}

  /**
   * @param inside counts who has come and not left
   */
  public static Referenceable of(Supplier<Object> perspective, int[] inside) {
    Realm realm =
        login -> {
          inside[0]++;
          return CompletableFuture.completedFuture(
              new Avatar(perspective.get(), () -> inside[0]--));
        };
    Portal portal =
        Portal.of(realm, new AnonymousChecker(), PasswordChecker.of(Map.of("alice", "sesame")));
    return new LoginRoot(portal, new LoginThrottle(new DrivenTimer()), RANDOM, () -> {});
  }
}
