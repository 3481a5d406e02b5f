// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Whatever two sides do with caches of each other, in whichever order it arrives: copies that are
 * held are equal to what they are copies of, and once all are let go nothing is left.
 */
class CachesPropertyTest {
  private static final int PONDS = 3;
  private static final BrokerSettings SETTINGS = BrokerSettings.DEFAULT.withTypes(PondCopy.TYPES);

  /** One that nobody can read, and that spoils what it is sent with. */
  private static final class Stranger extends Pond {
    @Override
    public String tag() {
      return "strange.Pond";
    }
  }

  /** What one side has, and what it holds of the other's. */
  private static final class Side implements Referenceable {
    final List<Pond> ponds = new ArrayList<>();
    final List<Cached> held = new ArrayList<>();
    final List<CompletableFuture<Boolean>> recognised = new ArrayList<>();
    final List<CompletableFuture<?>> doomed = new ArrayList<>();
    private int changes;

    Side(String name) {
      for (int i = 0; i < PONDS; i++) {
        ponds.add(new Pond(name + i));
      }
    }

    @Exposed
    @Nullable Object take(Object... values) {
      for (Object value : values) {
        if (value instanceof List<?> list) {
          take(list.toArray());
        } else {
          held.add((Cached) value);
        }
      }
      return values.length > 1 ? values[0] : null;
    }

    @Exposed
    void both(Cached first, Cached again) {
      take(first, again);
    }

    @Exposed
    boolean isYours(Object value, int index) {
      return value == ponds.get(index);
    }

    /** Sends a pond in one of several ways, some of which come to nothing. */
    void give(RemoteReference other, int index, int way) {
      Pond pond = ponds.get(index);
      switch (way) {
        case 0 -> other.call("take", pond);
        case 1 -> other.call("take", List.of(pond, pond), pond);
        case 2 -> other.call("both", new Object[] {pond}, Map.of("again", pond));
        case 3 -> doomed.add(other.call("absent", pond, List.of(pond)));
        case 4 -> doomed.add(other.call("take", pond, "\ud800"));
        case 5 ->
            recognised.add(
                other.call("take", pond, pond).thenApply(back -> Objects.equals(back, pond)));
        case 6 -> doomed.add(other.call("take", pond, new Stranger(), pond));
        default -> other.send("take", pond);
      }
    }

    void change(int index) {
      ponds.get(index).add("duck" + ++changes);
    }

    /** Sends home a copy that is held. */
    void giveBack(RemoteReference other, int which) {
      if (!held.isEmpty()) {
        Cached cached = held.get(which % held.size());
        if (cached.isLive()) {
          int index = Integer.parseInt(name(cached).substring(1));
          recognised.add(other.call("isYours", cached, index).thenApply(Boolean.TRUE::equals));
        }
      }
    }

    void letGo(int which) {
      if (!held.isEmpty()) {
        held.get(which % held.size()).close();
      }
    }

    /** Whose copy it is: its first duck. */
    static String name(Cached cached) {
      return (String) cached.get(PondCopy.class).ducks.get(0);
    }
  }

  private Side atClient;
  private Side atServer;
  private BrokerPair pair;

  private BrokerPair meet() {
    return BrokerPair.of(
        new MemoryLink(Broker.Role.CLIENT, SETTINGS, Map.of("root", atClient)),
        new MemoryLink(Broker.Role.SERVER, SETTINGS, Map.of("root", atServer)));
  }

  @Property(tries = 400)
  void copiesAreEqualAndNothingIsLeft(
      @ForAll @Size(max = 120) List<@IntRange(max = 9_999) Integer> steps) {
    atClient = new Side("c");
    atServer = new Side("s");
    pair = meet();
    steps.forEach(this::step);
    pair.pump();
    compare(atClient, atServer.ponds);
    compare(atServer, atClient.ponds);
    for (Side side : List.of(atClient, atServer)) {
      side.held.forEach(Cached::close);
    }
    pair.pump();
    assertThat(pair.clientLink().end()).isNull();
    assertThat(pair.serverLink().end()).isNull();
    for (Side side : List.of(atClient, atServer)) {
      assertThat(side.recognised).allMatch(CompletableFuture::join);
      assertThat(side.doomed).allMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(side.ponds).allMatch(pond -> pond.observers.isEmpty());
    }
    assertThat(pair.client().cacheCounts()).isEqualTo(new CacheCounts(0, 0));
    assertThat(pair.server().cacheCounts()).isEqualTo(new CacheCounts(0, 0));
  }

  private void step(int choice) {
    boolean isClient = choice % 2 == 0;
    Side side = isClient ? atClient : atServer;
    RemoteReference other = (isClient ? pair.client() : pair.server()).root();
    int which = choice / 200;
    switch (choice / 2 % 10) {
      case 0, 1 -> side.give(other, which % PONDS, which % 8);
      case 2, 3 -> side.change(which % PONDS);
      case 4, 5 -> side.letGo(which);
      case 6 -> side.giveBack(other, which);
      case 7 -> pair.carryToServer();
      case 8 -> pair.carryToClient();
      default -> (isClient ? pair.clientLink() : pair.serverLink()).runTasks();
    }
  }

  /** Every copy that is kept up to date has what the original has. */
  private static void compare(Side holder, List<Pond> originals) {
    for (Cached cached : holder.held) {
      if (cached.isLive()) {
        Pond original = originals.get(Integer.parseInt(Side.name(cached).substring(1)));
        assertThat(cached.get(PondCopy.class).ducks).isEqualTo(original.ducks);
      }
    }
  }
}
