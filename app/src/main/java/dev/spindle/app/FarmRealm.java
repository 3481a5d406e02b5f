// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.hbqueue.HbQueueListener;
import dev.spindle.operator.OperatorRealm;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Login;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.pb.cred.Realm;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One door for operators and workers: the name that logs in decides who it is. */
final class FarmRealm implements Realm {
  private final HbQueueListener workers;
  private final OperatorRealm operators;

  private FarmRealm(HbQueueListener workers, OperatorRealm operators) {
    this.workers = workers;
    this.operators = operators;
  }

  static Portal portal(HbQueueListener workers, OperatorRealm operators, byte[] operatorMd5) {
    return Portal.of(
        new FarmRealm(workers, operators),
        new PasswordChecker(
            name -> isOperator(name) ? Optional.of(operatorMd5) : workers.secretMd5(name)));
  }

  @Override
  public CompletionStage<Avatar> avatar(Login login) {
    return isOperator(login.avatarId()) ? operators.avatar(login) : workers.avatar(login);
  }

  private static boolean isOperator(String name) {
    return name.equals(OperatorRealm.USER);
  }
}
