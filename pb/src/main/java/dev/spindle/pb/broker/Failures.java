// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.jelly.Form;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.RefusedValueException;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import dev.spindle.pb.types.PlainTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Errors on the wire: {@code [twisted.spread.pb.CopyableFailure state]}.
 *
 * <p>Source: reference, section 9.2. Twisted receivers need every key that is written here, and
 * text keys.
 */
final class Failures {
  static final ByteString TAG = ByteString.utf8("twisted.spread.pb.CopyableFailure");

  /**
   * Longest text sent, in characters: a failing call should not fail a second time for its size.
   */
  private static final int MAX_TEXT = 16 * 1024;

  private static final String NO_TRACEBACK = "Traceback unavailable\n";
  private static final List<String> PYTHON_ROOTS =
      List.of("builtins.Exception", "builtins.BaseException", "builtins.object");

  private Failures() {}

  // ---- ours, to be sent ----

  static PbError invalidObject() {
    return new PbError(PbError.PB_ERROR, "Invalid Object ID", List.of());
  }

  static PbError endpointClosed() {
    return new PbError(PbError.PB_ERROR, "the endpoint is being closed", List.of());
  }

  static PbError tooManyCalls(int underWay) {
    return new PbError(
        PbError.PB_ERROR, "too many calls at once: " + underWay + " are under way", List.of());
  }

  static PbError noMethodName(Object found) {
    return python(
        "builtins.TypeError", "the name of a method must be a string of UTF-8, not " + found);
  }

  /** Under the name that Twisted has for what it disconnects for. */
  static PbError oversizedCall(@Nullable ByteString method, String reason) {
    return python(
        "twisted.spread.banana.BananaError",
        "the call of " + (method == null ? "a method" : method) + " cannot be read: " + reason);
  }

  static PbError python(String type, String text, String... bases) {
    return new PbError(type, text, List.of(bases));
  }

  /** The value of an error answer. */
  static RemoteException carried(Throwable thrown) {
    Throwable error = unwrap(thrown);
    if (error instanceof PbError pb) {
      return carried(pb.type(), pb, pb.bases());
    }
    if (error instanceof RemoteException remote) {
      return remote;
    }
    if (error instanceof RefusedValueException refused) {
      return carried(refused.fault().pythonName(), refused, List.of());
    }
    List<String> bases = new ArrayList<>();
    for (Class<?> c = error.getClass().getSuperclass(); c != Object.class; c = c.getSuperclass()) {
      bases.add(c.getName());
    }
    return carried(error.getClass().getName(), error, bases);
  }

  private static RemoteException carried(String type, Throwable error, List<String> bases) {
    return new RemoteException(type, text(error), lineage(type, bases), NO_TRACEBACK);
  }

  static Throwable unwrap(Throwable thrown) {
    Throwable error = thrown;
    while ((error instanceof CompletionException || error instanceof ExecutionException)
        && error.getCause() != null) {
      error = error.getCause();
    }
    return error;
  }

  private static String text(Throwable error) {
    String text = error.getMessage();
    if (text == null) {
      return "";
    }
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  private static List<String> lineage(String type, List<String> bases) {
    List<String> names = new ArrayList<>();
    names.add(type);
    names.addAll(bases);
    for (String root : PYTHON_ROOTS) {
      if (!names.contains(root)) {
        names.add(root);
      }
    }
    return names;
  }

  /** The form of a failure on the wire; another side's traceback is not passed on. */
  static Form form(RemoteException failure) {
    List<String> parents =
        failure.parents().isEmpty() ? lineage(failure.type(), List.of()) : failure.parents();
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("count", 0);
    state.put("type", ByteString.utf8(failure.type()));
    state.put("value", withoutLoneSurrogates(failure.text()));
    state.put("captureVars", false);
    state.put("frames", new ArrayList<>());
    state.put("stack", new ArrayList<>());
    state.put("tb", null);
    state.put("parents", parents);
    state.put("unsafeTracebacks", false);
    state.put("traceback", NO_TRACEBACK);
    return new Form(TAG, List.of(state));
  }

  private static String withoutLoneSurrogates(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  // ---- theirs, received ----

  /** Reads a failure, whatever keys it has and of whichever kind. */
  static RemoteException read(BananaList expression, JellyReader reader)
      throws RefusedValueException {
    if (expression.size() < 2) {
      throw new RefusedValueException(Fault.INDEX, "a failure without state: " + expression);
    }
    if (!(reader.part(expression.get(1)) instanceof Map<?, ?> state)) {
      throw new RefusedValueException(Fault.TYPE, "the state of a failure must be a dictionary");
    }
    List<String> parents = new ArrayList<>();
    if (value(state, "parents") instanceof List<?> names) {
      names.forEach(name -> parents.add(string(name)));
    }
    return new RemoteException(
        string(value(state, "type")),
        string(value(state, "value")),
        parents,
        string(value(state, "traceback")));
  }

  /** The exception for any value that arrived in an error answer. */
  static RemoteException exceptionOf(@Nullable Object error) {
    if (error instanceof RemoteException remote) {
      return remote;
    }
    String type = error == null ? "None" : PlainTypes.pythonName(error.getClass());
    return new RemoteException(type, string(error), List.of(), "");
  }

  private static @Nullable Object value(Map<?, ?> state, String key) {
    Object value = state.get(key);
    return value != null ? value : state.get(ByteString.utf8(key));
  }

  /** What has members has no text: it may contain itself, or be endless to write out. */
  private static String string(@Nullable Object value) {
    if (value instanceof ByteString bytes) {
      try {
        return bytes.utf8();
      } catch (IllegalArgumentException e) {
        return bytes.toString();
      }
    }
    boolean isScalar =
        value instanceof String || value instanceof Number || value instanceof Boolean;
    return isScalar ? value.toString() : "";
  }
}
