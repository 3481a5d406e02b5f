// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener that writes down what it is told, a line each, without what differs by run. */
public final class EventLog implements PbListener {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<CallEnd> ends = new ConcurrentLinkedQueue<>();

  /** What has been told since the last time. */
  public List<String> lines() {
    List<String> told = List.copyOf(lines);
    lines.clear();
    return told;
  }

  /** What has been told so far; goes on gathering. */
  public List<String> soFar() {
    return List.copyOf(lines);
  }

  public List<CallEnd> ends() {
    List<CallEnd> told = List.copyOf(ends);
    ends.clear();
    return told;
  }

  @Override
  public void opened(PbConnection connection) {
    lines.add("opened");
  }

  @Override
  public void closed(PbConnection connection, ConnectionLostException why) {
    lines.add("closed: " + why.getMessage().replaceAll("/127.0.0.1:\\d+", "PEER"));
  }

  @Override
  public void dropped(PbConnection connection, String why) {
    lines.add("dropped: " + why);
  }

  @Override
  public void loginSucceeded(PbConnection connection, String who) {
    lines.add("login '" + who + "'");
  }

  @Override
  public void loginRefused(PbConnection connection, String who, Throwable why) {
    lines.add("login '" + who + "' refused: " + why.getMessage());
  }

  @Override
  public void callStarted(PbConnection connection, Call call) {
    lines.add(call.direction() + " " + call.method() + (call.isKnown() ? "" : "?"));
  }

  @Override
  public void callEnded(PbConnection connection, Call call, CallEnd end) {
    lines.add(call.direction() + " " + call.method() + " " + end.outcome());
    ends.add(end);
  }

  @Override
  public void valueRefused(PbConnection connection, String why) {
    lines.add("refused: " + why);
  }
}
