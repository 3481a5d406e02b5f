// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.jelly.Form;
import dev.spindle.pb.jelly.JellyReader;
import dev.spindle.pb.jelly.RefusedValueException;
import dev.spindle.pb.jelly.RefusedValueException.Fault;
import dev.spindle.pb.types.PlainTypes;
import dev.spindle.pb.types.Types;
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

  /** Longest text of what replaces an error that could not be sent: fits the smallest limits. */
  private static final int MAX_REPLACEMENT = 200;

  private static final List<String> PYTHON_ROOTS =
      List.of("builtins.Exception", "builtins.BaseException", "builtins.object");

  private Failures() {}

  // ---- ours, to be sent ----

  static PbError notExposable(IllegalArgumentException why) {
    return python("builtins.TypeError", "the object cannot be called: " + why.getMessage());
  }

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

  /**
   * The value of an error answer: a {@link RemoteException}, which stands for a failure, or the
   * exception itself if its class travels by value (section 9.3).
   */
  static Throwable carried(Throwable thrown, BrokerSettings settings) {
    Throwable error = unwrap(thrown);
    if (error instanceof RemoteException || settings.types().isSent(error)) {
      return error;
    }
    List<String> names = names(error, settings);
    String traceback = settings.unsafeTracebacks() ? Traceback.of(error) : Traceback.NONE;
    return new RemoteException(names.get(0), text(error), names, traceback);
  }

  private static List<String> names(Throwable error, BrokerSettings settings) {
    if (error instanceof PbError pb) {
      return lineage(pb.type(), pb.bases());
    }
    if (error instanceof RefusedValueException refused) {
      return lineage(refused.fault().pythonName(), List.of());
    }
    return settings.types().errorNamesOf(error);
  }

  /** In the place of an answer or an error that cannot be sent. */
  static PbError unsendable(String what, Throwable fault) {
    String text = "the " + what + " cannot be sent: " + words(fault);
    boolean isLast = what.equals("error") && text.length() > MAX_REPLACEMENT;
    return python("builtins.TypeError", isLast ? text.substring(0, MAX_REPLACEMENT) + "…" : text);
  }

  /** For a call of ours of which nothing was sent. */
  static UnsendableException unsent(PendingCall call, Throwable fault) {
    String text = "the call of '" + call.method.utf8() + "' cannot be sent: " + words(fault);
    Throwable cause = fault instanceof UnsendableException ? fault.getCause() : fault;
    return new UnsendableException(text, cause);
  }

  /** Our own errors say all in their message; of the user's, the class says the most. */
  private static String words(Throwable fault) {
    boolean isOurs = fault instanceof UnsendableException || fault instanceof PbError;
    return isOurs ? text(fault) : described(fault);
  }

  /** An exception as it describes itself, even if it cannot. */
  static String described(Throwable error) {
    String text = text(error);
    return error.getClass().getName() + (text.isEmpty() ? "" : ": " + text);
  }

  static Throwable unwrap(Throwable thrown) {
    Throwable error = thrown;
    while ((error instanceof CompletionException || error instanceof ExecutionException)
        && error.getCause() != null) {
      error = error.getCause();
    }
    return error;
  }

  /** An exception's message at a bounded length, or nothing when it fails to tell. */
  static String text(Throwable error) {
    String text;
    try {
      text = error.getMessage();
    } catch (RuntimeException | Error e) {
      text = "(its message failed with " + e.getClass().getName() + ")";
    }
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

  /** The form of a failure on the wire, in which a traceback goes only where it may. */
  static Form form(RemoteException failure, boolean unsafeTracebacks) {
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
    state.put("unsafeTracebacks", unsafeTracebacks);
    state.put(
        "traceback",
        unsafeTracebacks ? withoutLoneSurrogates(failure.traceback()) : Traceback.NONE);
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

  /**
   * The exception for any value that arrived in an error answer: of the user's own class if one is
   * registered for it.
   */
  static Exception exceptionOf(@Nullable Object error, Types types) {
    if (error instanceof RemoteException remote) {
      return typed(remote, types);
    }
    if (error instanceof Exception copy) {
      return copy;
    }
    String type = error == null ? "None" : PlainTypes.pythonName(error.getClass());
    return new RemoteException(type, string(error), List.of(), "");
  }

  private static Exception typed(RemoteException remote, Types types) {
    Exception made;
    try {
      made = types.exceptionOf(remote.failure());
    } catch (RuntimeException | Error e) {
      UserCode.reportIfGrave(e);
      remote.addSuppressed(e);
      return remote;
    }
    if (made == null) {
      return remote;
    }
    try {
      made.initCause(remote);
    } catch (IllegalStateException e) {
      // It was made with a cause, or with none on purpose.
    }
    return made;
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
