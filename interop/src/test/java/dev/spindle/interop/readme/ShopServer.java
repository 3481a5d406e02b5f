// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.CacheableMap;
import dev.spindle.pb.broker.Caller;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Viewable;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Types;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

final class ShopServer {
  // [begin copy]
  @Copyable("shop.Item")
  record Item(String name, int cents) {}

  static final Types TYPES = Types.builder().copies(Item.class).build();

  // [end copy]

  // [begin cache]
  static final CacheableMap<String, Integer> STOCK = new CacheableMap<>("shop.Stock");

  // [end cache]

  // [begin view]
  /** Everybody sees the one counter through a view of their own. */
  static final class Counter implements Viewable {
    @Exposed
    String buy(@Caller Customer customer, Item item) {
      int left = STOCK.entries().get(item.name());
      STOCK.put(item.name(), left - 1); // arrives in every copy, at the caller's before the answer
      return customer.name + " bought " + item.name();
    }
  }

  /** A perspective: what one customer may call. */
  static final class Customer {
    final String name;
    final Counter counter;

    Customer(String name, Counter counter) {
      this.name = name;
      this.counter = counter;
    }

    @Exposed
    List<Item> items() {
      return List.of(new Item("tea", 250));
    }

    @Exposed
    CacheableMap<String, Integer> stock() {
      return STOCK;
    }

    @Exposed
    Counter counter() {
      return counter;
    }
  }

  // [end view]

  public static void main(String[] args) throws Exception {
    STOCK.put("tea", 3);
    Counter counter = new Counter();
    Portal portal =
        Portal.of(
            login ->
                CompletableFuture.completedFuture(
                    Avatar.of(new Customer(login.avatarId(), counter))),
            PasswordChecker.of(Map.of("ada", "sesame")));
    try (PbServer server = PbServer.at(args[0]).types(TYPES).portal(portal).start()) {
      System.out.println("listening on port " + server.address().getPort());
      Thread.currentThread().join(); // until the process is stopped
    }
  }

  private ShopServer() {}
}
