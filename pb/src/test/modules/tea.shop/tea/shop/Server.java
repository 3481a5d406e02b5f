// SPDX-License-Identifier: Apache-2.0
package tea.shop;

import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Types;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tea.api.Item;
import tea.api.Order;
import tea.api.Shop;

/** Serves until its standard input ends. */
final class Server {
  /** A copy with fields. */
  @Copyable("tea.Receipt")
  static final class Receipt {
    private String text = "";
    private int cents;
  }

  /** A record that is not public. */
  record Change(int cents) {}

  /** How the shop sees a till: an interface that is not public, with a body. */
  interface Payment {
    int pay(int cents);

    default Change change(int cents) {
      return new Change(pay(cents) - cents);
    }
  }

  /** A class that is not public, in a package that is not exported. */
  static final class Counter implements Referenceable {
    @Exposed
    Receipt buy(Item item) {
      Receipt receipt = new Receipt();
      receipt.text = item.count() + " " + item.name();
      receipt.cents = 250 * item.count();
      return receipt;
    }

    @Exposed(blocking = true)
    Change settle(Receipt receipt, RemoteReference till) {
      return till.as(Payment.class).change(receipt.cents);
    }
  }

  static final class Desk implements Shop {
    @Override
    public CompletionStage<List<Item>> find(Order order) {
      Item found = new Item(order.name(), order.count().orElse(1));
      return CompletableFuture.completedFuture(List.of(found));
    }

    @Override
    public Object counter() {
      return new Counter();
    }
  }

  private Server() {}

  public static void main(String[] args) throws Exception {
    Types types = Types.builder().copies(Item.class).copies(Receipt.class).build();
    Endpoint endpoint = Endpoint.parse("tcp:host=127.0.0.1:port=0");
    try (PbServer server = PbServer.at(endpoint).types(types).root(Shop.class, new Desk()).start()) {
      System.out.println(server.address().getPort());
      System.in.transferTo(System.out);
    }
  }
}
