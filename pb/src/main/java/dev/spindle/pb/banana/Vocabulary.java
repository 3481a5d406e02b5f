// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The 31 words of dialect {@code pb}.
 *
 * <p>Source: Perspective Broker reference, section 4.
 */
public final class Vocabulary {
  private static final List<String> NAMES =
      List.of(
          "None",
          "class",
          "dereference",
          "reference",
          "dictionary",
          "function",
          "instance",
          "list",
          "module",
          "persistent",
          "tuple",
          "unpersistable",
          "copy",
          "cache",
          "cached",
          "remote",
          "local",
          "lcache",
          "version",
          "login",
          "password",
          "challenge",
          "logged_in",
          "not_logged_in",
          "cachemessage",
          "message",
          "answer",
          "error",
          "decref",
          "decache",
          "uncache");

  private static final ByteString[] WORDS =
      NAMES.stream().map(ByteString::utf8).toArray(ByteString[]::new);
  private static final Map<ByteString, Integer> NUMBERS = numbers();
  private static final Map<String, Integer> NUMBERS_OF_TEXTS = numbersOfTexts();

  /** Longest word, in bytes: a longer string need not be looked up. */
  static final int LONGEST = 13;

  /**
   * With which letters words of each length begin, a bit each: most other texts begin with none.
   */
  private static final int[] FIRST_LETTERS = firstLetters();

  private Vocabulary() {}

  private static int[] firstLetters() {
    int[] letters = new int[LONGEST + 1];
    for (String name : NAMES) {
      letters[name.length()] |= 1 << name.charAt(0);
    }
    return letters;
  }

  /** A HashMap is quicker than an immutable map where most are not found. */
  private static Map<String, Integer> numbersOfTexts() {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < WORDS.length; i++) {
      numbers.put(NAMES.get(i), i + 1);
    }
    return numbers;
  }

  private static Map<ByteString, Integer> numbers() {
    Map<ByteString, Integer> numbers = new HashMap<>();
    for (int i = 0; i < WORDS.length; i++) {
      numbers.put(WORDS[i], i + 1);
    }
    return Map.copyOf(numbers);
  }

  /** Number of the word that text is in UTF-8, or 0. */
  static int numberOf(String text) {
    int length = text.length();
    if (length == 0
        || length > LONGEST
        || (FIRST_LETTERS[length] & 1 << text.charAt(0)) == 0) { // a shift counts modulo 32
      return 0;
    }
    Integer number = NUMBERS_OF_TEXTS.get(text);
    return number == null ? 0 : number;
  }

  /** Number of a word, or 0 for any other string. Strings remember it: {@link ByteString#word}. */
  static int numberOf(ByteString string) {
    return string.size() > LONGEST ? 0 : NUMBERS.getOrDefault(string, 0);
  }

  /** Whether there is a word of this number. */
  static boolean has(long number) {
    return number >= 1 && number <= WORDS.length;
  }

  /** The word of a number from 1 to 31. */
  static ByteString word(int number) {
    return WORDS[number - 1];
  }

  static int size() {
    return WORDS.length;
  }
}
