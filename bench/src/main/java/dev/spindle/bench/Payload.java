// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is echoed, in plain Java; each contestant makes its own form of it. */
enum Payload {
  INT("an int", 123_456L),
  DICT("a six-key nested dict", dict()),
  KILOBYTE("1 KiB of bytes", bytes(1024)),
  CHUNK("64 KiB of bytes", bytes(64 * 1024));

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

  static Payload of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * @throws IllegalArgumentException naming what there is
   */
  static Payload named(String word) {
    for (Payload payload : values()) {
      if (payload.word().equals(word)) {
        return payload;
      }
    }
    throw new IllegalArgumentException(
        "--echo '"
            + word
            + "': expected some of "
            + Arrays.stream(values()).map(Payload::word).collect(Collectors.joining(", ")));
  }

  private static Map<String, Object> dict() {
    Map<String, Object> worker = new LinkedHashMap<>();
    worker.put("name", "w1");
    worker.put("slots", 4L);
    worker.put("tags", List.of("linux", "x86"));
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put("job", 4711L);
    dict.put("name", "encode-film");
    dict.put("state", "RUNNING");
    dict.put("progress", 0.25);
    dict.put("urgent", false);
    dict.put("worker", worker);
    return dict;
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
