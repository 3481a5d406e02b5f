// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A second reader that takes nothing but what Twisted would have written: shortest prefixes, each
 * integer under its own type byte, each word abbreviated where it can be. Written after section 3
 * of the reference and with nothing of the first reader in it.
 */
public final class StrictBanana {
  private static final List<String> WORDS =
      List.of(
          ("None class dereference reference dictionary function instance list module persistent"
                  + " tuple unpersistable copy cache cached remote local lcache version login"
                  + " password challenge logged_in not_logged_in cachemessage message answer error"
                  + " decref decache uncache")
              .split(" "));

  private final byte[] bytes;
  private final boolean words;
  private int at;

  private StrictBanana(byte[] bytes, Dialect dialect) {
    this.bytes = bytes;
    this.words = dialect == Dialect.PB;
  }

  /** Reads bytes that must be one expression and nothing else. */
  public static Object read(byte[] bytes, Dialect dialect) {
    StrictBanana reader = new StrictBanana(bytes, dialect);
    Object expression = reader.expression();
    reader.require(reader.at == bytes.length, "bytes are left over");
    return expression;
  }

  private void require(boolean rule, String otherwise) {
    if (!rule) {
      throw new AssertionError(otherwise + " at byte " + at);
    }
  }

  private Object expression() {
    int start = at;
    while (bytes[at] >= 0) {
      at++;
    }
    byte[] prefix = Arrays.copyOfRange(bytes, start, at);
    int type = bytes[at++] & 0xff;
    require(prefix.length <= 64, "a prefix of " + prefix.length + " bytes");
    require(prefix.length < 2 || prefix[prefix.length - 1] != 0, "a padded prefix");
    require((prefix.length == 0) == (type == 0x84), "a prefix where none belongs, or none");
    BigInteger number = number(prefix);
    return switch (type) {
      case 0x80 -> list(size(number));
      case 0x81 -> integer(number, number.bitLength() <= 31);
      case 0x82 -> string(size(number));
      case 0x83 -> integer(number.negate(), number.signum() > 0 && fits32(number.negate()));
      case 0x84 -> ByteBuffer.wrap(take(8)).getDouble();
      case 0x85 -> integer(number, number.bitLength() > 31);
      case 0x86 -> integer(number.negate(), !fits32(number.negate()));
      case 0x87 -> word(number.intValue());
      default -> throw new AssertionError("type byte " + type + " at byte " + at);
    };
  }

  private static BigInteger number(byte[] prefix) {
    BigInteger number = BigInteger.ZERO;
    for (int i = prefix.length - 1; i >= 0; i--) {
      number = number.shiftLeft(7).add(BigInteger.valueOf(prefix[i]));
    }
    return number;
  }

  private static boolean fits32(BigInteger number) {
    return number.bitLength() <= 31;
  }

  private Object integer(BigInteger number, boolean ofItsType) {
    require(ofItsType, number + " under the wrong type byte");
    return number.bitLength() < 64 ? (Object) number.longValueExact() : number;
  }

  private int size(BigInteger number) {
    require(number.bitLength() <= 20 && number.intValue() <= 655_360, "a size of " + number);
    return number.intValue();
  }

  private BananaList list(int size) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(expression());
    }
    return BananaList.of(elements.toArray());
  }

  private byte[] take(int count) {
    at += count;
    require(at <= bytes.length, "the end");
    return Arrays.copyOfRange(bytes, at - count, at);
  }

  private ByteString string(int size) {
    ByteString string = ByteString.copyOf(take(size));
    require(!words || WORDS.stream().noneMatch(word -> isWord(string, word)), "a word in full");
    return string;
  }

  private static boolean isWord(ByteString string, String word) {
    return string.equals(ByteString.utf8(word));
  }

  private ByteString word(int number) {
    require(words && number >= 1 && number <= WORDS.size(), "word " + number);
    return ByteString.utf8(WORDS.get(number - 1));
  }
}
