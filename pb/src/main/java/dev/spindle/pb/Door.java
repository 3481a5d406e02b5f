// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.cred.RemoteNetwork;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts who comes and goes, and turns away those that are too many.
 *
 * <p>Addresses of this machine stand for nobody: everything behind a proxy or a tunnel has them.
 *
 * <p>Thread: any; guarded by this.
 */
final class Door {
  /** One address takes at most this part of the places before login, so that others have some. */
  private static final int SHARES_BEFORE_LOGIN = 2;

  private static final class Count {
    int all;
    int beforeLogin;
  }

  private final DoorLimits limits;
  private final boolean hasLogins;
  private final Count total = new Count();
  private final Map<InetAddress, Count> byAddress = new HashMap<>();
  private long refused;

  /**
   * @param hasLogins whether those who come have to log in
   */
  Door(DoorLimits limits, boolean hasLogins) {
    this.limits = limits;
    this.hasLogins = hasLogins;
  }

  /** Lets somebody in, or says why not. */
  synchronized Answer enter(SocketAddress from) {
    InetAddress address = RemoteNetwork.of(from).filter(a -> !isLocal(from)).orElse(null);
    Optional<String> why = whyNot(address);
    if (why.isPresent()) {
      refused++;
      return new Answer(null, why.get());
    }
    total.all++;
    total.beforeLogin += hasLogins ? 1 : 0;
    if (address != null) {
      Count own = byAddress.computeIfAbsent(address, key -> new Count());
      own.all++;
      own.beforeLogin += hasLogins ? 1 : 0;
    }
    return new Answer(new Visit(address), "");
  }

  private static boolean isLocal(SocketAddress from) {
    return from instanceof java.net.InetSocketAddress inet && inet.getAddress().isLoopbackAddress();
  }

  private Optional<String> whyNot(@Nullable InetAddress address) {
    if (total.all >= limits.connections()) {
      return Optional.of("there are " + total.all + " connections already");
    }
    if (total.beforeLogin >= limits.beforeLogin()) {
      return Optional.of(total.beforeLogin + " connections have not logged in yet");
    }
    Count own = address == null ? null : byAddress.get(address);
    if (own == null) {
      return Optional.empty();
    }
    if (own.all >= limits.perAddress()) {
      return Optional.of("there are " + own.all + " connections from its address already");
    }
    if (own.beforeLogin >= Math.max(1, limits.beforeLogin() / SHARES_BEFORE_LOGIN)) {
      return Optional.of(own.beforeLogin + " connections from its address have not logged in yet");
    }
    return Optional.empty();
  }

  /** How many were turned away. */
  synchronized long refused() {
    return refused;
  }

  /** Addresses that are counted for now. */
  synchronized int addresses() {
    return byAddress.size();
  }

  /**
   * What the door said.
   *
   * @param visit null for somebody who was turned away
   * @param why for people, then
   */
  record Answer(@Nullable Visit visit, String why) {}

  /** Somebody inside. Both methods may be called again, and do nothing then. */
  final class Visit {
    private final @Nullable InetAddress address;
    private boolean isBeforeLogin = hasLogins;
    private boolean isOver;

    private Visit(@Nullable InetAddress address) {
      this.address = address;
    }

    void loggedIn() {
      synchronized (Door.this) {
        if (isBeforeLogin && !isOver) {
          isBeforeLogin = false;
          change(0, -1);
        }
      }
    }

    void leave() {
      synchronized (Door.this) {
        if (!isOver) {
          isOver = true;
          change(-1, isBeforeLogin ? -1 : 0);
        }
      }
    }

    boolean isLoggedIn() {
      synchronized (Door.this) {
        return !isBeforeLogin;
      }
    }

    private void change(int all, int beforeLogin) {
      total.all += all;
      total.beforeLogin += beforeLogin;
      Count own = address == null ? null : byAddress.get(address);
      if (own != null) {
        own.all += all;
        own.beforeLogin += beforeLogin;
        if (own.all == 0) {
          byAddress.remove(address);
        }
      }
    }
  }
}
