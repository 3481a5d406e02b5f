// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws from everybody else. */
final class IsolatedListener implements PbListener {
  private static final Logger LOG = LoggerFactory.getLogger(PbListener.class);

  private final PbListener listener;

  private IsolatedListener(PbListener listener) {
    this.listener = listener;
  }

  static PbListener of(PbListener listener) {
    return listener instanceof IsolatedListener ? listener : new IsolatedListener(listener);
  }

  private void tell(PbConnection connection, Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("listener {} failed for {}", listener, connection.remoteAddress(), e);
    }
  }

  @Override
  public void opened(PbConnection connection) {
    tell(connection, () -> listener.opened(connection));
  }

  @Override
  public void closed(PbConnection connection, ConnectionLostException why) {
    tell(connection, () -> listener.closed(connection, why));
  }

  @Override
  public void dropped(PbConnection connection, String why) {
    tell(connection, () -> listener.dropped(connection, why));
  }

  @Override
  public void loginSucceeded(PbConnection connection, String who) {
    tell(connection, () -> listener.loginSucceeded(connection, who));
  }

  @Override
  public void loginRefused(PbConnection connection, String who, Throwable why) {
    tell(connection, () -> listener.loginRefused(connection, who, why));
  }

  @Override
  public void callStarted(PbConnection connection, Call call) {
    tell(connection, () -> listener.callStarted(connection, call));
  }

  @Override
  public void callEnded(PbConnection connection, Call call, CallEnd end) {
    tell(connection, () -> listener.callEnded(connection, call, end));
  }

  @Override
  public void valueRefused(PbConnection connection, String why) {
    tell(connection, () -> listener.valueRefused(connection, why));
  }

  @Override
  public String toString() {
    return listener.toString();
  }
}
