// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.Dialect;
import dev.spindle.pb.banana.Negotiation;

/**
 * The start of a conversation. Source: reference, section 2.
 *
 * <pre>
 * server  [pb none]
 * client  pb
 * client  [version 6]
 * server  [version 6]
 * </pre>
 */
enum Handshake {
  CLIENT {
    @Override
    void start(BananaWriter out) {}

    @Override
    Dialect received(Object expression, BananaWriter out) throws BananaException {
      Dialect dialect = Negotiation.choose(expression);
      out.string(dialect.wireName());
      return dialect;
    }
  },
  SERVER {
    @Override
    void start(BananaWriter out) {
      out.expression(Negotiation.offer());
    }

    @Override
    Dialect received(Object expression, BananaWriter out) throws BananaException {
      return Negotiation.chosen(expression);
    }
  };

  static Handshake of(Broker.Role role) {
    return role == Broker.Role.CLIENT ? CLIENT : SERVER;
  }

  /** Says what this side says on its own. */
  abstract void start(BananaWriter out);

  /** Takes the other side's first expression and answers with the dialect of what follows. */
  abstract Dialect received(Object expression, BananaWriter out) throws BananaException;
}
