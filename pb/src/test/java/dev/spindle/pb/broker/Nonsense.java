// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static dev.spindle.pb.vectors.WireForms.list;
import static dev.spindle.pb.vectors.WireForms.text;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Makes messages that are well formed and mean nothing. */
final class Nonsense {
  private static final String[] METHODS = {
    "echo",
    "two",
    "rest",
    "later",
    "give",
    "fail",
    "login",
    "respond",
    "loginAnonymous",
    "absent",
    "pond",
    "typed",
    "shop",
    "find",
    "ask",
    "page",
    "nextPage",
    "collect",
    "gotPage",
    "endedPaging",
    "callBack"
  };
  private static final String[] STRINGS = {
    "", "x", "RED", "list", "root", "2020 1 1", "1 2 3 4", "-1 0 0", "true", "None", "builtins.str"
  };
  private static final String[] ATOMS = {
    "None",
    "unicode",
    "boolean",
    "list",
    "tuple",
    "dictionary",
    "set",
    "frozenset",
    "datetime",
    "date",
    "time",
    "timedelta",
    "decimal",
    "reference",
    "dereference",
    "unpersistable",
    "persistent",
    "remote",
    "local",
    "cached",
    "lcache",
    "class",
    "a.B",
    "copy",
    "instance",
    "twisted.spread.pb.CopyableFailure"
  };

  /** A number from 0 to one below what is given. */
  private final IntUnaryOperator choice;

  /** Whether some of it exceeds {@link #SMALL}. */
  private final boolean large;

  private int requests;

  /** Limits that are soon exceeded. */
  static final BananaLimits SMALL = new BananaLimits(1024, 16, 8192);

  Nonsense(IntUnaryOperator choice, boolean large) {
    this.choice = choice;
    this.large = large;
  }

  Nonsense(Random random, boolean large) {
    this(random::nextInt, large);
  }

  private int below(int bound) {
    return choice.applyAsInt(bound);
  }

  private String oneOf(String[] words) {
    return words[below(words.length)];
  }

  /** Mostly a call, since most of the others end the conversation. */
  BananaList message() {
    return switch (below(32)) {
      case 0 -> below(2) == 0 ? list("decref", id()) : call();
      case 1, 2 -> list("answer", answered(), value(4));
      case 3, 4 -> list("error", answered(), value(4));
      case 5 -> cacheMessage();
      case 6 -> list("didNotUnderstand", value(1));
      case 7 -> list(oneOf(ATOMS), value(2));
      case 8 -> list(below(4) == 0 ? "uncache" : "decache", id());
      default -> call();
    };
  }

  /** A call of the other side's: mostly one of the first ten, seldom one that was never made. */
  private int answered() {
    return below(8) == 0 ? below(16) : 1 + below(10);
  }

  private BananaList call() {
    Object wanted = below(5) == 0 ? 0 : 1;
    Object method = below(30) == 0 ? value(1) : oneOf(METHODS);
    return list("message", ++requests, id(), method, wanted, arguments(), keywords());
  }

  private BananaList cacheMessage() {
    String method = below(2) == 0 ? "added" : "x";
    return list("cachemessage", ++requests, id(), method, 1, arguments(), keywords());
  }

  private Object id() {
    return switch (below(8)) {
      case 0, 1, 2, 3 -> "root";
      case 4, 5 -> (Object) below(16);
      case 6 -> value(1);
      default -> "nobody";
    };
  }

  private Object arguments() {
    return below(8) == 0 ? value(5) : list(members("tuple", 5));
  }

  private Object keywords() {
    return switch (below(8)) {
      case 0 -> value(4);
      case 1, 2 -> list("dictionary", list(text(oneOf(new String[] {"a", "b"})), value(3)));
      default -> list("dictionary");
    };
  }

  private Object[] members(String atom, int depth) {
    Object[] members = new Object[1 + below(4)];
    members[0] = atom;
    for (int i = 1; i < members.length; i++) {
      members[i] = value(depth - 1);
    }
    return members;
  }

  private Object value(int depth) {
    return large && below(25) == 0 ? largeValue() : smallValue(depth);
  }

  private Object largeValue() {
    switch (below(4)) {
      case 0:
        return ByteString.copyOf(new byte[1025 + below(9000)]);
      case 1:
        Object[] wide = new Object[1025];
        Arrays.fill(wide, list("remote", 5));
        return list(wide);
      case 2:
        Object deep = list("remote", 5);
        for (int i = 0; i < 20; i++) {
          deep = list("list", deep);
        }
        return deep;
      default:
        Object[] strings = new Object[12];
        Arrays.fill(strings, ByteString.copyOf(new byte[900]));
        return list(strings);
    }
  }

  private Object smallValue(int depth) {
    int kind = below(depth > 0 ? 20 : 6);
    return switch (kind) {
      case 0 -> (long) below(5);
      case 1 -> 1.5;
      case 2 -> ByteString.utf8(oneOf(STRINGS));
      case 3 -> text(oneOf(STRINGS));
      case 4 -> list(below(2) == 0 ? "remote" : "local", below(6));
      case 5 -> list("dereference", below(3));
      case 6 -> list("reference", below(3), value(depth - 1));
      case 7, 8 -> list(members("list", depth));
      case 9 -> list(members("tuple", depth));
      case 10 -> list(members(below(2) == 0 ? "set" : "frozenset", depth));
      case 11, 12 -> list("dictionary", list(value(depth - 1), value(depth - 1)));
      case 13 -> failure(depth - 1);
      case 14 -> cache(depth - 1);
      case 15 -> list(below(2) == 0 ? "cached" : "lcache", below(6));
      case 16 -> item(depth - 1);
      case 17 -> list("a.Item", item(depth - 1));
      default -> list(members(oneOf(ATOMS), depth));
    };
  }

  /** What a record is read from, or nearly. */
  private Object item(int depth) {
    Object count = below(4) == 0 ? value(depth) : (Object) (long) below(5);
    return list("dictionary", list(text("name"), text(oneOf(STRINGS))), list(text("count"), count));
  }

  private Object cache(int depth) {
    Object ducks = list("dictionary", list(text("ducks"), list(members("list", depth))));
    return list(below(4) == 0 ? "a.B" : Pond.TAG, below(6), below(4) == 0 ? value(depth) : ducks);
  }

  private Object failure(int depth) {
    return list(
        "twisted.spread.pb.CopyableFailure",
        list(
            "dictionary",
            list(text("type"), value(depth)),
            list(text("value"), value(depth)),
            list(text("parents"), value(depth))));
  }
}
