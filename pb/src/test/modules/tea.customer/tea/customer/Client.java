// SPDX-License-Identifier: Apache-2.0
package tea.customer;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.types.Types;
import java.util.Map;
import java.util.Optional;
import tea.api.Item;
import tea.api.Order;
import tea.api.Shop;
import tea.api.Till;

/** Opens nothing: what the library reaches for is public in {@code tea.api}. */
final class Client {
  private Client() {}

  public static void main(String[] args) throws Exception {
    Types types =
        Types.builder()
            .copies(Item.class)
            .reads("tea.Receipt", state -> state)
            .sends(Cash.class, "tea.Receipt", cash -> Map.of("text", "", "cents", cash.cents()))
            .build();
    try (PbClient client = PbClient.to("tcp:host=127.0.0.1:port=" + args[0]).types(types).connect()) {
      Shop shop = client.root().as(Shop.class);
      System.out.println(shop.firstOf(new Order("oolong", Optional.empty())));
      Item item = shop.find(new Order("tea", Optional.of(2))).toCompletableFuture().join().get(0);
      RemoteReference counter = (RemoteReference) shop.counter();
      System.out.println(counter.call("buy", item).join());
      Till till = cents -> cents + 50;
      System.out.println(counter.call("settle", new Cash(500), Referenceable.of(Till.class, till)).join());
    }
  }

  private record Cash(int cents) {}
}
