// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.interop.Wiring;
import java.util.Arrays;
import java.util.stream.Stream;

/** One conversation between two languages over one transport. */
record Cell(Feature feature, Pair pair, Wiring.Kind transport) {

  /** The languages of client and server. */
  enum Pair {
    JAVA_JAVA(Language.JAVA, Language.JAVA),
    JAVA_TWISTED(Language.JAVA, Language.TWISTED),
    TWISTED_JAVA(Language.TWISTED, Language.JAVA),
    TWISTED_TWISTED(Language.TWISTED, Language.TWISTED);

    final Language client;
    final Language server;

    Pair(Language client, Language server) {
      this.client = client;
      this.server = server;
    }

    @Override
    public String toString() {
      return client.letter + " → " + server.letter;
    }
  }

  enum Language {
    JAVA("J"),
    TWISTED("T");

    final String letter;

    Language(String letter) {
      this.letter = letter;
    }
  }

  static Stream<Cell> all() {
    return Arrays.stream(Feature.values())
        .flatMap(
            feature ->
                Arrays.stream(Pair.values())
                    .flatMap(
                        pair ->
                            Arrays.stream(Wiring.Kind.values())
                                .map(transport -> new Cell(feature, pair, transport))));
  }

  @Override
  public String toString() {
    return feature.wireName() + ", " + pair + ", " + transport.wireName();
  }
}
