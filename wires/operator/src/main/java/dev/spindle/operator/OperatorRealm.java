// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.Farm;
import dev.spindle.farm.GrantHolder;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Login;
import dev.spindle.pb.cred.Realm;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Gives each operator's login a perspective on the farm. Grants end with the login. */
public final class OperatorRealm implements Realm {
  /** The name that operators log in with; no worker can have it. */
  public static final String USER = "@operator";

  private final Farm farm;
  private final AtomicLong logins = new AtomicLong();

  public OperatorRealm(Farm farm) {
    this.farm = farm;
  }

  @Override
  public CompletionStage<Avatar> avatar(Login login) {
    GrantHolder holder = new GrantHolder("operator login " + logins.incrementAndGet());
    OperatorPerspective perspective = new OperatorPerspective(farm, holder);
    return CompletableFuture.completedFuture(new Avatar(perspective, perspective::loggedOut));
  }
}
