// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.local.LocalAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DoorTest {
  private static final DoorLimits SMALL = new DoorLimits(10, 6, 4);

  private static SocketAddress from(String address) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address), 1);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Door.Visit enter(Door door, String address) {
    return Objects.requireNonNull(door.enter(from(address)).visit(), "turned away");
  }

  private static void assertTurnedAway(Door door, String address, String why) {
    long before = door.refused();
    Door.Answer answer = door.enter(from(address));
    assertThat(answer.visit()).isNull();
    assertThat(answer.why()).contains(why);
    assertThat(door.refused()).isEqualTo(before + 1);
  }

  @Test
  void oneMoreThanInAllIsTurnedAwayUntilSomebodyLeaves() {
    Door door = new Door(SMALL, false);
    List<Door.Visit> inside = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      inside.add(enter(door, "10.0.0." + i));
    }
    assertTurnedAway(door, "10.0.0.11", "there are 10 connections already");
    inside.get(3).leave();
    inside.get(3).leave();
    enter(door, "10.0.0.11");
    assertTurnedAway(door, "10.0.0.12", "there are 10 connections already");
  }

  @Test
  void oneMoreThanBeforeLoginIsTurnedAwayUntilSomebodyLogsIn() {
    Door door = new Door(SMALL, true);
    List<Door.Visit> inside = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      inside.add(enter(door, "10.0.0." + i));
    }
    assertTurnedAway(door, "10.0.0.11", "6 connections have not logged in yet");
    inside.get(0).loggedIn();
    inside.get(0).loggedIn();
    enter(door, "10.0.0.11");
    assertTurnedAway(door, "10.0.0.12", "6 connections have not logged in yet");
    inside.get(0).leave();
    assertTurnedAway(door, "10.0.0.12", "6 connections have not logged in yet");
    inside.get(1).leave();
    enter(door, "10.0.0.12");
  }

  @Test
  void oneMoreThanPerAddressIsTurnedAwayAndOthersAreNot() {
    Door door = new Door(SMALL, false);
    Door.Visit first = enter(door, "10.0.0.1");
    for (int i = 0; i < 3; i++) {
      enter(door, "10.0.0.1");
    }
    assertTurnedAway(door, "10.0.0.1", "there are 4 connections from its address already");
    enter(door, "10.0.0.2");
    first.leave();
    enter(door, "10.0.0.1");
  }

  @Test
  void oneAddressTakesHalfOfThePlacesBeforeLogin() {
    Door door = new Door(SMALL, true);
    Door.Visit first = enter(door, "10.0.0.1");
    enter(door, "10.0.0.1");
    enter(door, "10.0.0.1");
    assertTurnedAway(door, "10.0.0.1", "3 connections from its address have not logged in");
    first.loggedIn();
    enter(door, "10.0.0.1");
    assertTurnedAway(door, "10.0.0.1", "there are 4 connections from its address");
    enter(door, "10.0.0.2");
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() {
    Door door = new Door(SMALL, false);
    for (int i = 0; i < 4; i++) {
      enter(door, "2001:db8:1:2::" + i);
    }
    assertTurnedAway(door, "2001:db8:1:2:ffff::1", "from its address");
    enter(door, "2001:db8:1:3::1");
  }

  @Test
  void addressesOfThisMachineStandForNobody() {
    Door door = new Door(SMALL, false);
    for (int i = 0; i < 4; i++) {
      enter(door, "127.0.0.1");
      enter(door, "::1");
    }
    assertThat(door.enter(UnixDomainSocketAddress.of("/run/x")).visit()).isNotNull();
    assertThat(door.enter(new LocalAddress("x")).visit()).isNotNull();
    assertThat(door.addresses()).isZero();
    assertTurnedAway(door, "127.0.0.1", "there are 10 connections already");
  }

  @Test
  void whoLeftIsForgotten() {
    Door door = new Door(DoorLimits.DEFAULT, true);
    List<Door.Visit> inside = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      inside.add(enter(door, "10.0." + i % 50 + ".1"));
    }
    assertThat(door.addresses()).isEqualTo(50);
    inside.forEach(Door.Visit::leave);
    inside.forEach(Door.Visit::loggedIn);
    assertThat(door.addresses()).isZero();
    assertThat(door.refused()).isZero();
  }

  @Test
  void noPlaceAtAllIsNoLimit() {
    assertThatThrownBy(() -> DoorLimits.DEFAULT.withConnections(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at least 1 each");
  }
}
