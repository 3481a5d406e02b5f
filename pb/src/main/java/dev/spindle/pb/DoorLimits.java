// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

/**
 * How many connections a server takes.
 *
 * @param connections in all
 * @param beforeLogin on which nobody has logged in yet, on a server with logins
 * @param perAddress from one remote address; those of this machine are not counted
 */
record DoorLimits(int connections, int beforeLogin, int perAddress) {
  static final DoorLimits DEFAULT = new DoorLimits(16_384, 1_024, 1_024);

  DoorLimits {
    if (connections < 1 || beforeLogin < 1 || perAddress < 1) {
      throw new IllegalArgumentException(
          "connections "
              + connections
              + ", before login "
              + beforeLogin
              + ", per address "
              + perAddress
              + ": expected at least 1 each");
    }
  }

  DoorLimits withConnections(int count) {
    return new DoorLimits(count, beforeLogin, perAddress);
  }

  DoorLimits withBeforeLogin(int count) {
    return new DoorLimits(connections, count, perAddress);
  }

  DoorLimits withPerAddress(int count) {
    return new DoorLimits(connections, beforeLogin, count);
  }
}
