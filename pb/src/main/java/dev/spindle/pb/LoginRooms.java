// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.broker.Link;
import dev.spindle.pb.cred.LoginRoot;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rooms for connections that have to log in: small until they have, and only for a time.
 *
 * @param root of all connections
 * @param settings once somebody has logged in
 * @param limitsBefore of what is read before
 * @param timeout longest time until the first login
 */
record LoginRooms(
    LoginRoot root, BrokerSettings settings, BananaLimits limitsBefore, Duration timeout)
    implements Reception.Rooms {

  @Override
  public Function<Link, Broker> room(Channel channel, Door.Visit visit) {
    EventLoops.after(
        timeout,
        channel,
        () -> {
          if (!visit.isLoggedIn()) {
            end(channel);
          }
        });
    return link -> new Newcomer(visit).broker(link);
  }

  private void end(Channel channel) {
    NettyLink link = channel.pipeline().get(NettyLink.class);
    if (link == null) {
      channel.close(); // TLS has not been agreed on yet.
    } else {
      link.dropLate("no login within " + timeout.toMillis() / 1e3 + " s");
    }
  }

  private final class Newcomer {
    private final Door.Visit visit;
    private @Nullable Broker broker;

    Newcomer(Door.Visit visit) {
      this.visit = visit;
    }

    Broker broker(Link link) {
      LoginRoot own = root.whenLoggedIn(this::loggedIn);
      Broker made = new Broker(link, Broker.Role.SERVER, settings, Map.of("root", own));
      made.inbox().readAtMost(limitsBefore.atMost(settings.limits()), false);
      broker = made;
      return made;
    }

    private void loggedIn() {
      visit.loggedIn();
      java.util.Objects.requireNonNull(broker).inbox().readAtMost(settings.limits(), true);
    }
  }
}
