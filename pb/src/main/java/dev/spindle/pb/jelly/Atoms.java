// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.ByteString;

/** The words that head a list and tell its kind. Source: reference, section 5.2. */
final class Atoms {
  static final ByteString NONE = ByteString.utf8("None");
  static final ByteString BOOLEAN = ByteString.utf8("boolean");
  static final ByteString TRUE = ByteString.utf8("true");
  static final ByteString FALSE = ByteString.utf8("false");
  static final ByteString UNICODE = ByteString.utf8("unicode");
  static final ByteString LIST = ByteString.utf8("list");
  static final ByteString TUPLE = ByteString.utf8("tuple");
  static final ByteString DICTIONARY = ByteString.utf8("dictionary");
  static final ByteString SET = ByteString.utf8("set");
  static final ByteString FROZENSET = ByteString.utf8("frozenset");
  static final ByteString DATETIME = ByteString.utf8("datetime");
  static final ByteString DATE = ByteString.utf8("date");
  static final ByteString TIME = ByteString.utf8("time");
  static final ByteString TIMEDELTA = ByteString.utf8("timedelta");
  static final ByteString DECIMAL = ByteString.utf8("decimal");
  static final ByteString REFERENCE = ByteString.utf8("reference");
  static final ByteString DEREFERENCE = ByteString.utf8("dereference");
  static final ByteString UNPERSISTABLE = ByteString.utf8("unpersistable");
  static final ByteString PERSISTENT = ByteString.utf8("persistent");

  private Atoms() {}
}
