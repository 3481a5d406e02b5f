// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/** An object of ours of which the other side keeps a copy. */
final class CacheExport extends Counted {
  private final CacheExports table;
  private final Cacheable object;
  private final Observer observer;

  CacheExport(Cacheable object, Observer observer, CacheExports table) {
    super(observer.number());
    this.table = table;
    this.object = object;
    this.observer = observer;
  }

  Cacheable object() {
    return object;
  }

  Observer observer() {
    return observer;
  }

  @Override
  void unsent() {
    table.unsent(this);
  }

  @Override
  void forget() {
    table.forget(this);
  }

  void stoppedObserving() {
    UserCode.run(() -> object.stoppedObserving(observer));
  }
}
