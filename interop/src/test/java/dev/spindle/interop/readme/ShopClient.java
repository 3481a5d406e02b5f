// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.broker.Cached;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.RemoteCache;
import dev.spindle.pb.types.Types;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

final class ShopClient {
  // [begin types]
  @Copyable("shop.Item")
  record Item(String name, int cents) {}

  /** A copy of the shop's stock; it changes on the connection's thread. */
  static final class Stock implements RemoteCache {
    private final Map<Object, Object> entries = new ConcurrentHashMap<>();

    @Override
    public void setState(Object state) {
      entries.putAll((Map<?, ?>) RemoteCache.attributes(state).get("entries"));
    }

    @Exposed
    void put(Object name, Object count) {
      entries.put(name, count);
    }

    @Exposed
    void removed(Object name) {
      entries.remove(name);
    }

    Object left(String name) {
      return entries.getOrDefault(name, 0L);
    }
  }

  static final Types TYPES =
      Types.builder().copies(Item.class).caches("shop.Stock", Stock::new).build();

  // [end types]

  // [begin client]
  static void run(PbClient client) {
    RemoteReference shop = client.login(Credentials.password("ada", "sesame"), null).join();
    Item tea = (Item) ((List<?>) shop.call("items").join()).get(0);
    RemoteReference counter = (RemoteReference) shop.call("counter").join();
    try (Cached stock = (Cached) shop.call("stock").join()) {
      Stock copy = stock.get(Stock.class);
      System.out.println("tea costs " + tea.cents() + ", " + copy.left("tea") + " are left");
      System.out.println(counter.call("buy", tea).join());
      System.out.println(copy.left("tea") + " are left");
    } // lets go of the copy; without this, the garbage collector does
  }

  // [end client]

  public static void main(String[] args) throws Exception {
    try (PbClient client = PbClient.to(args[0]).types(TYPES).connect()) {
      run(client);
    }
  }

  private ShopClient() {}
}
