// SPDX-License-Identifier: Apache-2.0
package dev.spindle.hbqueue;

import dev.spindle.forms.StatusForm;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.worker.Worker;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server may ask of the worker. Source: HBQueue reference, "HBClient".
 *
 * <p>Thread: the PB connection's.
 */
final class HbClient implements Referenceable {
  private static final Logger LOG = LoggerFactory.getLogger(HbClient.class);

  private static final String KEEPALIVE = "keepalive";

  private final Worker worker;
  private final Session session;

  /** What of the connection the server's calls reach. */
  interface Session {

    /** The server gave a sign of life. */
    void heard();

    /** The server asked for a sign of life. */
    void keepalive();

    void queueUpdated();

    /** Stops a job's attempt; answers whether it was running. */
    boolean stop(long job, String why);

    /** Another worker has this worker's name now. */
    void replaced(String why);

    void shutdown(boolean graceful);
  }

  HbClient(Worker worker, Session session) {
    this.worker = worker;
    this.session = session;
  }

  @Exposed
  void queueUpdated(long length) {
    session.heard();
    session.queueUpdated();
  }

  @Exposed
  Map<String, @Nullable Object> status() {
    session.heard();
    return StatusForm.toDict(worker.status());
  }

  @Exposed
  boolean stop(long id, String why) {
    session.heard();
    return session.stop(id, why);
  }

  @Exposed
  void print(String text) {
    session.heard();
    if (text.equals(KEEPALIVE)) {
      session.keepalive();
      LOG.debug("controller: {}", text);
    } else {
      LOG.info("controller: {}", text);
    }
  }

  @Exposed
  void shutdown(boolean graceful) {
    session.heard();
    session.shutdown(graceful);
  }

  /** The server is about to close the connection. */
  @Exposed
  void closing(String why) {
    LOG.info("the controller closes the connection: {}", why);
  }

  /** The server is about to close the connection, since another has taken the name. */
  @Exposed
  void replaced(String why) {
    session.replaced(why);
  }
}
