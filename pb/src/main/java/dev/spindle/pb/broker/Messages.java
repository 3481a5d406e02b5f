// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages: a list whose first element names a command and whose length is fixed by it.
 *
 * <p>Knows forms and no policy. Source: reference, section 8.
 */
final class Messages {
  static final ByteString VERSION = ByteString.utf8("version");
  static final ByteString MESSAGE = ByteString.utf8("message");
  static final ByteString ANSWER = ByteString.utf8("answer");
  static final ByteString ERROR = ByteString.utf8("error");
  static final ByteString DECREF = ByteString.utf8("decref");
  private static final ByteString NOT_UNDERSTOOD = ByteString.utf8("didNotUnderstand");
  static final ByteString REMOTE = ByteString.utf8("remote");
  static final ByteString LOCAL = ByteString.utf8("local");
  static final ByteString CACHEMESSAGE = ByteString.utf8("cachemessage");
  static final ByteString DECACHE = ByteString.utf8("decache");
  static final ByteString UNCACHE = ByteString.utf8("uncache");
  static final ByteString CACHED = ByteString.utf8("cached");
  static final ByteString LCACHE = ByteString.utf8("lcache");
  static final ByteString ROOT = ByteString.utf8("root");

  /** The only version of the protocol. */
  static final int PROTOCOL_VERSION = 6;

  private static final Map<ByteString, Form> FORMS = forms();

  private Messages() {}

  /** Takes each message by its kind. */
  interface Handler {

    /** {@code [message request object method answer-required args kwargs]} */
    void message(
        Object request, Object object, ByteString method, boolean wanted, Object args, Object kw);

    /** {@code [cachemessage request cache method answer-required args kwargs]} */
    void cacheMessage(
        Object request, Object cache, ByteString method, boolean wanted, Object args, Object kw);

    /** {@code [answer request value]} */
    void answer(Object request, Object value) throws BananaException;

    /** {@code [error request failure]} */
    void error(Object request, Object failure) throws BananaException;

    /** {@code [decref object]} */
    void decref(Object object) throws BananaException;

    /** {@code [decache cache]} */
    void decache(Object cache) throws BananaException;

    /** {@code [uncache cache]} */
    void uncache(Object cache) throws BananaException;

    /** {@code [didNotUnderstand command]}: a message of ours met a peer that does not know it. */
    void notUnderstood(Object command);

    /** A message whose command we do not know. */
    void unknownCommand(ByteString command);

    /** A call whose method has no name that we could look up. */
    void unreadableMethod(
        Object request, Object method, boolean wanted, Object args, Object keywords);

    /**
     * A call that exceeds a limit. Its arguments were not read.
     *
     * @param method null when that is what exceeds it
     */
    void oversizedCall(Object request, @Nullable ByteString method, boolean wanted, String reason);

    /** An answer or error that exceeds a limit. */
    void oversizedAnswer(Object request, ByteString command, String reason) throws BananaException;
  }

  private interface Deliverer {
    void deliver(BananaList m, Handler handler) throws BananaException;
  }

  private record Form(int size, Deliverer deliverer) {}

  private static Map<ByteString, Form> forms() {
    Map<ByteString, Form> forms = new HashMap<>();
    forms.put(VERSION, new Form(2, (m, handler) -> refuseOtherVersion(m.get(1))));
    forms.put(
        MESSAGE,
        new Form(
            7,
            (m, handler) -> {
              if (isMethod(m.get(3), m, handler)) {
                handler.message(
                    m.get(1),
                    m.get(2),
                    (ByteString) m.get(3),
                    isTrue(m.get(4)),
                    m.get(5),
                    m.get(6));
              }
            }));
    forms.put(
        CACHEMESSAGE,
        new Form(
            7,
            (m, handler) -> {
              if (isMethod(m.get(3), m, handler)) {
                handler.cacheMessage(
                    m.get(1),
                    m.get(2),
                    (ByteString) m.get(3),
                    isTrue(m.get(4)),
                    m.get(5),
                    m.get(6));
              }
            }));
    forms.put(ANSWER, new Form(3, (m, handler) -> handler.answer(m.get(1), m.get(2))));
    forms.put(ERROR, new Form(3, (m, handler) -> handler.error(m.get(1), m.get(2))));
    forms.put(DECREF, new Form(2, (m, handler) -> handler.decref(m.get(1))));
    forms.put(DECACHE, new Form(2, (m, handler) -> handler.decache(m.get(1))));
    forms.put(UNCACHE, new Form(2, (m, handler) -> handler.uncache(m.get(1))));
    forms.put(NOT_UNDERSTOOD, new Form(2, (m, handler) -> handler.notUnderstood(m.get(1))));
    return Map.copyOf(forms);
  }

  /**
   * Checks a message's form and hands it on.
   *
   * @throws BananaException when it breaks a rule that costs the connection (section 8.5)
   */
  static void deliver(Object expression, Handler handler) throws BananaException {
    if (!(expression instanceof BananaList list)) {
      throw new BananaException("expected a message, which is a list, found " + expression);
    }
    if (list.size() == 0 || !(list.get(0) instanceof ByteString command)) {
      throw new BananaException("expected a message that begins with a command, found " + list);
    }
    Form form = FORMS.get(command);
    if (form == null) {
      handler.unknownCommand(command);
      return;
    }
    if (list.size() != form.size()) {
      throw wrongSize(command, list.size(), form);
    }
    form.deliverer().deliver(list, handler);
  }

  static boolean isKnown(ByteString command) {
    return FORMS.containsKey(command);
  }

  /**
   * Checks how many elements a message has, its command among them.
   *
   * @param command one that is known
   */
  static void requireSize(ByteString command, long size) throws BananaException {
    Form form = java.util.Objects.requireNonNull(FORMS.get(command));
    if (size != form.size()) {
      throw wrongSize(command, size, form);
    }
  }

  private static BananaException wrongSize(ByteString command, long size, Form form) {
    return new BananaException(
        "command " + command + " with " + (size - 1) + " elements: expected " + (form.size() - 1));
  }

  static void writeVersion(BananaWriter out) {
    out.list(2);
    out.string(VERSION);
    out.integer(PROTOCOL_VERSION);
  }

  /** Writes {@code [command id]}: one of those that pay back or end. */
  static void writeCount(ByteString command, Object id, BananaWriter out) {
    out.list(2);
    out.string(command);
    out.expression(id);
  }

  /** Whether a tag stands for an object or a cache that has a number. */
  static boolean isReference(ByteString tag) {
    return tag.equals(REMOTE) || tag.equals(LOCAL) || tag.equals(CACHED) || tag.equals(LCACHE);
  }

  /** A byte string, which is what Twisted reads without complaint. */
  static void writeNotUnderstood(ByteString command, BananaWriter out) {
    out.list(2);
    out.string(NOT_UNDERSTOOD);
    out.string(command);
  }

  private static void refuseOtherVersion(Object version) throws BananaException {
    boolean same =
        version instanceof Number number
            && !(number instanceof BigInteger)
            && number.doubleValue() == PROTOCOL_VERSION;
    if (!same) {
      throw new BananaException("protocol version " + version + ": expected " + PROTOCOL_VERSION);
    }
  }

  /** Whether a method has a name; a call of one that has none is refused. */
  private static boolean isMethod(Object name, BananaList message, Handler handler) {
    if (name instanceof ByteString string && string.isUtf8()) {
      return true;
    }
    handler.unreadableMethod(
        message.get(1), name, isTrue(message.get(4)), message.get(5), message.get(6));
    return false;
  }

  /** Python's truth of an expression. */
  static boolean isTrue(Object value) {
    if (value instanceof Long number) {
      return number != 0;
    }
    if (value instanceof ByteString string) {
      return string.size() > 0;
    }
    if (value instanceof BananaList list) {
      return list.size() > 0;
    }
    return !(value instanceof Double number) || number != 0;
  }
}
