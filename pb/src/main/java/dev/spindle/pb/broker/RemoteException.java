// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.List;

/**
 * The other side answered with an error. What it says is data: no class is loaded because a peer
 * named it.
 */
public final class RemoteException extends PbException {
  private static final long serialVersionUID = 1;

  private final String type;
  private final String text;
  private final List<String> parents;
  private final String traceback;

  public RemoteException(String type, String text, List<String> parents, String traceback) {
    super(text.isEmpty() ? type : type + ": " + text);
    this.type = type;
    this.text = text;
    this.parents = List.copyOf(parents);
    this.traceback = traceback;
  }

  /** The error's class, such as {@code builtins.ValueError}. */
  public String type() {
    return type;
  }

  /** The error's own words; may be empty. */
  public String text() {
    return text;
  }

  /** The class and its bases, nearest first. */
  public List<String> parents() {
    return parents;
  }

  /** The remote traceback when the other side sends it, else a remark that it does not. */
  public String traceback() {
    return traceback;
  }

  /** Whether the error's class is of this name or derives from it, as Twisted's {@code trap}. */
  public boolean isA(String name) {
    return type.equals(name) || parents.contains(name);
  }
}
