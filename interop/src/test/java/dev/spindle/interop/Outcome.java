// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call came out that Twisted made.
 *
 * @param value its answer's {@link Description}, or null when it failed
 * @param type the error's class; empty when it did not fail
 * @param remote whether the error came from our side, with its type as bytes
 * @param text the error's words
 * @param parents the class and its bases
 */
record Outcome(
    @Nullable String value, String type, boolean remote, String text, List<String> parents) {

  static Outcome of(JsonNode told) {
    JsonNode value = told.get("value");
    if (value != null) {
      return new Outcome(value.asText(), "", false, "", List.of());
    }
    List<String> parents = new ArrayList<>();
    told.get("parents").forEach(parent -> parents.add(parent.asText()));
    return new Outcome(
        null,
        told.get("type").asText(),
        told.get("remote").asBoolean(),
        told.get("text").asText(),
        parents);
  }
}
