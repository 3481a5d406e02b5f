// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Feeding;
import dev.spindle.pb.vectors.Notation;
import dev.spindle.pb.vectors.Vectors;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A recorded conversation between two Twisted peers. */
public final class Recording {
  /** Keys of a failure that are free: see {@link #fixed}. */
  private static final Set<String> FREE =
      Set.of("count", "pickled", "unsafeTracebacks", "traceback");

  private final List<JsonNode> events;

  public Recording(String session) {
    events = Vectors.session(session);
  }

  /** The runs of bytes, in the order observed. */
  public List<JsonNode> events() {
    return events;
  }

  public byte[] bytes(String side) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    events.stream()
        .filter(event -> event.get("from").asText().equals(side))
        .forEach(event -> bytes.writeBytes(Vectors.hex(event.get("hex"))));
    return bytes.toByteArray();
  }

  /** What one side said. */
  public List<Object> expressions(String side) {
    return expressions(bytes(side));
  }

  public static List<Object> expressions(byte[] bytes) {
    Feeding.Outcome outcome = Feeding.WHOLE.read(bytes, Dialect.PB, BananaLimits.DEFAULT);
    if (outcome.error() != null || outcome.inside()) {
      throw new AssertionError("not whole expressions: " + outcome);
    }
    return outcome.expressions();
  }

  /** The calls that one side made. */
  public List<BananaList> calls(String side) {
    return expressions(side).stream()
        .filter(message -> isCommand(message, "message"))
        .map(BananaList.class::cast)
        .toList();
  }

  public static boolean isCommand(Object expression, String command) {
    return expression instanceof BananaList list && list.get(0).equals(ByteString.utf8(command));
  }

  /**
   * Compares what a broker of ours said with what was recorded: expression by expression, but for
   * what the protocol leaves free. That is when a decref or decache is sent; and in a failure the
   * count, the traceback, and whether it came through a Deferred.
   *
   * @return {@code X became Y} for each that differs
   */
  static List<String> differences(List<Object> recorded, List<Object> ours) {
    List<Object> was = withoutPayments(recorded);
    List<Object> is = withoutPayments(ours);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
      Object expected = i < was.size() ? fixed(was.get(i)) : BananaList.EMPTY;
      Object found = i < is.size() ? fixed(is.get(i)) : BananaList.EMPTY;
      if (!expected.equals(found)) {
        differences.add(Notation.show(expected) + " became " + Notation.show(found));
      }
    }
    return differences;
  }

  private static List<Object> withoutPayments(List<Object> expressions) {
    return expressions.stream()
        .filter(message -> !isCommand(message, "decref") && !isCommand(message, "decache"))
        .toList();
  }

  /** An expression without what is free in failures. */
  private static Object fixed(Object expression) {
    if (!(expression instanceof BananaList list)) {
      return expression;
    }
    boolean isFailure = list.size() == 2 && list.get(0).equals(Failures.TAG);
    return isFailure
        ? BananaList.of(list.get(0), withoutFreeKeys((BananaList) list.get(1)))
        : BananaList.of(list.asList().stream().map(Recording::fixed).toArray());
  }

  private static BananaList withoutFreeKeys(BananaList state) {
    return BananaList.of(state.asList().stream().filter(pair -> !isFreeKey(pair)).toArray());
  }

  private static boolean isFreeKey(Object expression) {
    return expression instanceof BananaList pair
        && pair.get(0) instanceof BananaList key
        && FREE.contains(((ByteString) key.get(1)).utf8());
  }
}
