// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a dialect: the server offers a list, the client answers with one of its names.
 *
 * <p>Pure: expressions in, a choice or an error out. Each role is one static method.
 *
 * <p>Source: Perspective Broker reference, sections 2 and 4.
 */
public final class Negotiation {
  /** What we offer and know, best first. */
  private static final List<Dialect> KNOWN = List.of(Dialect.PB, Dialect.NONE);

  private static final BananaList OFFER =
      new BananaList(KNOWN.stream().map(Dialect::wireName).toArray());

  private Negotiation() {}

  /** The server's first expression. */
  public static BananaList offer() {
    return OFFER;
  }

  /**
   * Chooses as a client: the first name, in the server's order, that we know.
   *
   * @throws BananaException when there is none, or when this is not an offer
   */
  public static Dialect choose(Object offer) throws BananaException {
    if (!(offer instanceof BananaList names)) {
      throw new BananaException("expected the server's list of dialects, found " + offer);
    }
    for (Object name : names.elements) {
      Dialect dialect = known(name);
      if (dialect != null) {
        return dialect;
      }
    }
    throw new BananaException("the server offers no dialect that we know: " + names);
  }

  /**
   * Reads the client's choice as a server. Any name that we know is taken, as Twisted does.
   *
   * @throws BananaException when it names none that we know
   */
  public static Dialect chosen(Object choice) throws BananaException {
    Dialect dialect = known(choice);
    if (dialect == null) {
      throw new BananaException("the client chose no dialect that we know: " + choice);
    }
    return dialect;
  }

  private static @Nullable Dialect known(Object name) {
    for (Dialect dialect : KNOWN) {
      if (dialect.wireName().equals(name)) {
        return dialect;
      }
    }
    return null;
  }
}
