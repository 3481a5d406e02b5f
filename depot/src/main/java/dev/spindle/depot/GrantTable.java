// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.GrantHolder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The grants that wait for their login, and the logins that came of them.
 *
 * <p>Thread: any. A login is closed outside the lock, since closing touches its connection.
 */
final class GrantTable {
  private static final int USER_BYTES = 12;

  /** 192 random bits: guessing is hopeless whatever the rate. */
  private static final int PASSWORD_BYTES = 24;

  private final SecureRandom random = new SecureRandom();
  private final byte[] nobodysPassword = secret(PASSWORD_BYTES).getBytes(StandardCharsets.US_ASCII);

  // In the order in which they expire, for all are valid equally long. Guarded by this.
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private final Set<Login> live = new HashSet<>(); // guarded by this
  private final DepotLimits limits;
  private final LongSupplier nanoClock;

  private record Pending(byte[] password, GrantedFile file, long expiresNanos) {}

  /** User name and password of one grant. */
  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "Credentials[" + user + "]";
    }
  }

  GrantTable(DepotLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  /**
   * Makes a login for a file.
   *
   * @throws FarmException {@code BUSY} when too many are unused
   */
  synchronized Credentials issue(GrantedFile file) {
    dropExpired();
    if (pending.size() >= limits.maxUnfinished()) {
      throw new FarmException(
          FarmException.Code.BUSY,
          limits.maxUnfinished() + " unused grants, which is the depot's limit; try again later");
    }
    Credentials made = new Credentials(secret(USER_BYTES), secret(PASSWORD_BYTES));
    byte[] password = made.password().getBytes(StandardCharsets.US_ASCII);
    long expires = nanoClock.getAsLong() + limits.grantValidity().toNanos();
    pending.put(made.user(), new Pending(password, file, expires));
    return made;
  }

  /** Whether another login would be one too many. */
  synchronized boolean isFull() {
    return live.size() >= limits.maxLogins();
  }

  /**
   * Uses a grant up. An earlier login that writes the same file ends: its successor goes on.
   *
   * @return empty when there is no such grant, for whatever reason
   */
  Optional<Login> redeem(String user, String password) {
    Login login;
    List<Login> earlier;
    synchronized (this) {
      dropExpired();
      Pending known = pending.get(user);
      // Compared in either case, so that the time tells nothing of which half was wrong.
      byte[] expected = known == null ? nobodysPassword : known.password();
      boolean right = MessageDigest.isEqual(password.getBytes(StandardCharsets.UTF_8), expected);
      if (known == null || !right || isFull()) {
        return Optional.empty();
      }
      pending.remove(user);
      login = new Login(known.file());
      earlier = takeOut(other -> writesSame(other.file(), known.file()));
      live.add(login);
    }
    earlier.forEach(Login::end);
    return Optional.of(login);
  }

  /** Takes note that a login is over. */
  synchronized void leave(Login login) {
    live.remove(login);
  }

  /** Ends the grants of a holder, logins included. */
  void revoke(GrantHolder holder) {
    List<Login> found;
    synchronized (this) {
      pending.values().removeIf(grant -> grant.file().holder().equals(holder));
      found = takeOut(login -> login.file().holder().equals(holder));
    }
    found.forEach(Login::end);
  }

  private List<Login> takeOut(Predicate<Login> doomed) {
    List<Login> found = new ArrayList<>();
    live.stream().filter(doomed).forEach(found::add);
    found.forEach(live::remove);
    return found;
  }

  private static boolean writesSame(GrantedFile a, GrantedFile b) {
    return a instanceof GrantedFile.Writing
        && b instanceof GrantedFile.Writing
        && ((GrantedFile.Writing) a).partial() == ((GrantedFile.Writing) b).partial();
  }

  private void dropExpired() {
    long now = nanoClock.getAsLong();
    Iterator<Pending> oldestFirst = pending.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().expiresNanos() - now <= 0) {
      oldestFirst.remove();
    }
  }

  private String secret(int bytes) {
    byte[] made = new byte[bytes];
    random.nextBytes(made);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(made);
  }
}
