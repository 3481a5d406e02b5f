// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static dev.spindle.interop.PageTable.code;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.types.ByReference;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What became of a value that was sent to the other side's mirror: cells of a table.
 *
 * @param sent how it looked before
 * @param seen how it looked there, or why it did not
 * @param back how it looked when it came back, or why it did not
 * @param isKept whether it is what it was
 */
record Reflection(String sent, String seen, String back, boolean isKept) {

  /** Of a value that Java sends. */
  static Reflection ofJava(@Nullable Object value, Callable<?> sending, Meeting meeting) {
    String sent = JavaText.of(value);
    String back;
    boolean isKept = false;
    try {
      Object returned = sending.call();
      isKept = JavaText.of(returned).equals(sent);
      back = isKept ? same(value, returned) : code(JavaText.cut(JavaText.of(returned)));
    } catch (UnsendableException e) {
      back = "*not sent:* " + code(e.getClass().getSimpleName());
    } catch (RemoteException e) {
      back = "*refused:* " + code(lastWord(e.type()));
    } catch (Exception e) {
      throw new AssertionError("sending " + sent, e);
    }
    return of(sent, (String) meeting.callMirror("seen"), back, isKept);
  }

  /** A reference that comes home is the object that left; of others only the value counts. */
  private static String same(@Nullable Object value, @Nullable Object returned) {
    if (value instanceof ByReference && value != returned) {
      throw new AssertionError("not the object that was sent: " + returned);
    }
    return "same";
  }

  /** Of a value that Python sent, as {@code do_reflect} of {@code meeting.py} tells it. */
  static Reflection ofPython(JsonNode told) {
    String sent = told.get("sent").asText();
    JsonNode failed = told.get("failed");
    JsonNode seen = told.get("seen");
    if (failed != null) {
      String what = failed.get("remote").asBoolean() ? "*refused:* " : "*not sent:* ";
      String back = what + code(lastWord(failed.get("type").asText()));
      return of(sent, seen.isNull() ? null : seen.asText(), back, false);
    }
    String back = told.get("back").asText();
    boolean isKept = back.equals(sent) || back.equals("itself");
    return of(sent, seen.asText(), isKept ? "same" : code(JavaText.cut(back)), isKept);
  }

  private static Reflection of(String sent, @Nullable String seen, String back, boolean isKept) {
    return seen == null
        ? new Reflection(sent, back, "", false)
        : new Reflection(sent, code(JavaText.cut(seen)), back, isKept);
  }

  private static String lastWord(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** The note, which has to be there where something is lost, and nowhere else. */
  String noted(String note) {
    if (isKept != note.isEmpty()) {
      throw new AssertionError(
          isKept
              ? sent + " is what it was, and needs no note: " + note
              : sent + " does not come back as it was, but is " + seen + ", " + back + ": say so");
    }
    return note;
  }
}
