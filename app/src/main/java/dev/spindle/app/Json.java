// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** Plain data as JSON, for programs to read. */
final class Json {
  private Json() {}

  static String of(Object data) {
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not plain data: " + e.getMessage(), e);
    }
  }
}
