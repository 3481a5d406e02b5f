// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.StreamSupport;

/** A job as the commands show it to programs, with the parts that tests ask for. */
record JobView(JsonNode json) {
  static JobView parse(String text) {
    return new JobView(json(text));
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  String state() {
    return json.path("state").asText();
  }

  String reason() {
    return json.path("end").path("reason").asText();
  }

  int attempts() {
    return json.path("attempts").size();
  }

  /** The workers of its attempts, in their order. */
  List<String> workers() {
    return texts(json.path("attempts"), "worker");
  }

  /** The names of its outputs. */
  List<String> outputs() {
    return texts(json.path("end").path("outputs"), "name");
  }

  static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(member -> member.path(field).asText())
        .toList();
  }
}
