// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import java.util.Locale;
import java.util.function.Supplier;

/** What there is a conversation about. Its text is a row of {@code docs/interop.md}. */
enum Feature {
  CALLS(
      "calls: nested, re-entrant, 1,000 in flight both ways, without an answer",
      CallsConversation::new),
  REFERENCES(
      "references: identity, one's own coming home, deep in data", ReferencesConversation::new),
  VALUES("values of every plain type, shared and cyclic", ValuesConversation::new),
  COPIES("copies: in data, shared, with a state of their choice, unknown", CopiesConversation::new),
  CACHES("caches both ways: state, updates, release, sent back", CachesConversation::new),
  VIEWS("viewables and perspectives: who is calling, what is whose", ViewsConversation::new),
  PAGES("pagers of strings and files, both ways", PagesConversation::new),
  FAILURES(
      "failures: trapped by name, base and type; unknown; passed on", FailuresConversation::new),
  TRACEBACKS("tracebacks, where a side allows its own", TracebacksConversation::new),
  PUBLISHING("new objects, methods and services on a live connection", PublishingConversation::new),
  LIMITS("limits: what is too large costs its call", LimitsConversation::new),
  LOGINS("logins: right, wrong, anonymous; minds; logouts", LoginsConversation::new),
  TYPED("typed calls, in Python the plain ones", TypedConversation::new),
  RECONNECTING("a client that comes back to a server that restarts", ReconnectingConversation::new),
  DEADLINES("deadlines and cancelled calls, and answers after them", DeadlinesConversation::new);

  private final String row;
  private final Supplier<Conversation> conversation;

  Feature(String row, Supplier<Conversation> conversation) {
    this.row = row;
    this.conversation = conversation;
  }

  String row() {
    return row;
  }

  /** The name of its files. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For one side. */
  Conversation conversation() {
    return conversation.get();
  }
}
