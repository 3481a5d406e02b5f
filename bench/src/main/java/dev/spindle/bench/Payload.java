// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import dev.spindle.pb.banana.ByteString;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is echoed. {@code payloads.py} has the same. */
enum Payload {
  INT("an int", 123_456L),
  DICT("a six-key dict", dict()),
  BYTES("1 KiB of bytes", bytes());

  final String title;
  final Object value;

  Payload(String title, Object value) {
    this.title = title;
    this.value = value;
  }

  /** Its name in orders to clients. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> dict() {
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put("job", 4711L);
    dict.put("name", "encode-film");
    dict.put("state", "RUNNING");
    dict.put("progress", 0.25);
    dict.put("urgent", false);
    dict.put("worker", "w1");
    return dict;
  }

  private static ByteString bytes() {
    byte[] bytes = new byte[1024];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return ByteString.copyOf(bytes);
  }
}
