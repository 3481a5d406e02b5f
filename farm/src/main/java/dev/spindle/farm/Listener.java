// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * Accepts workers of one wire on one endpoint, and offers each that proved its name to the
 * controller as a {@link Connection}.
 */
public interface Listener extends AutoCloseable {

  /** The wire's name. */
  String wire();

  /** Where it listens, with the port that was really bound. */
  SocketAddress address();

  /** Lets a worker in from now on, or changes its secret. Others, and live connections, go on. */
  void updateRegistration(RegisteredWorker worker);

  /** Stops listening and closes its connections. */
  @Override
  void close();

  /** Where a listener offers workers. The controller implements it. */
  interface Acceptor {

    /**
     * Offers an attached worker.
     *
     * @return completes when the worker is accepted; fails with {@link FarmException} and a text
     *     for the worker when it is refused
     */
    CompletionStage<Void> offer(Connection connection);
  }
}
