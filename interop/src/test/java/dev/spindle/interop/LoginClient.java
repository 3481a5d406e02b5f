// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who logs in on one connection, several times if need be: Java to a Twisted server, or
 * Twisted to a Java one.
 */
interface LoginClient extends AutoCloseable {

  /** How an attempt or a call came out: a value, or an error's type and its bases. */
  record Answer(@Nullable String value, String errorType, java.util.List<String> errorParents) {
    static Answer of(String value) {
      return new Answer(value, "", java.util.List.of());
    }
  }

  /** Logs in; the avatar is kept under the handle. */
  Answer logIn(String handle, String name, String password);

  Answer logInAnonymously(String handle);

  /** Calls a method of an avatar. */
  Answer call(String handle, String method, Object... args);

  /** Calls a method without arguments, and keeps the reference that it answers. */
  Answer callAndKeep(String handle, String method, String keptAs);

  /** Calls a method with a reference that is kept. */
  Answer callWith(String handle, String method, String kept);

  /** Has the server call a listener here, for the avatar: what that heard. */
  Answer listen(String handle);

  /** Whether what is kept under two handles is the same. */
  boolean isSame(String one, String other);

  /** Lets go of an avatar. */
  void letGo(String handle);

  /** Ends the connection. */
  void hangUp();
}
