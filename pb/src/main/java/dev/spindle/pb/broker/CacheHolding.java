// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/** What we owe for one {@link Cached}: a decache for each occurrence received. */
final class CacheHolding extends Holding {
  CacheHolding(Broker broker, Long number) {
    super(broker, number);
  }

  @Override
  void release(Broker owner) {
    owner.debts().letGo(this);
  }
}
