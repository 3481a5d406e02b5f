// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.Sendable;
import org.jspecify.annotations.Nullable;

/**
 * An object of ours that the other side gets a copy of, and that keeps the copy up to date: its
 * state is sent once, and then whatever changes, by calls on its {@link Observer}.
 *
 * <p>The copy is one for each connection, or for each perspective of a connection with several. It
 * is named again for as long as the other side keeps it; once it was let go, the next sending
 * starts over, with the whole state and another observer.
 *
 * <p>Threads: both methods here are called on the connection's thread and must not block. An object
 * that changes on other threads must take its state and note its observer in one step, under the
 * lock under which it changes and calls its observers: updates arrive in the order of those calls,
 * so that each change is either in the state or an update, and none in both. {@link CacheableMap}
 * does it for entries of a map.
 *
 * <p>Source: reference, section 11.2.
 */
public interface Cacheable extends Sendable {

  /** The name of the type on the wire, for which the other side has a class. */
  String tag();

  /**
   * Takes the state, and from now on tells the observer whatever changes.
   *
   * @param observer the copy that is about to be made; what it is told from now on is sent after
   *     the state
   * @return the state, usually a map of attributes: any value that can be sent, this object
   *     included. It must not change until this message is written, and is not looked at later
   */
  @Nullable Object stateFor(Observer observer);

  /**
   * The other side keeps the copy no longer, the connection ended, or the message with the state
   * could not be sent. Called once for each observer, the very same; what it is told in this call
   * still arrives, where there is anybody left.
   */
  default void stoppedObserving(Observer observer) {}
}
