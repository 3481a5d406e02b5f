// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.readme;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.AnswerMismatchException;
import dev.spindle.pb.broker.Keyword;
import dev.spindle.pb.broker.OneWay;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.types.Remote;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

final class Typed {
  // [begin interface]
  enum Colour {
    RED,
    GREEN
  }

  record Item(String name, int count, BigDecimal price, Optional<Colour> colour) {}

  interface Shop {
    /** Waits for the answer. */
    List<Item> find(String text, @Keyword Optional<Integer> limit);

    /** Does not wait. */
    CompletionStage<Item> sell(String name, int count, Listener listener);

    /** Answers with the count of each item. */
    Map<String, Integer> stock();
  }

  @Remote // stays where it is, and is called there
  interface Listener {
    @OneWay // nobody waits for an answer
    void sold(Item item);
  }

  // [end interface]

  // [begin server]
  static final class Shelf implements Shop {
    private Item tea = new Item("tea", 7, new BigDecimal("9.50"), Optional.of(Colour.GREEN));

    @Override
    public List<Item> find(String text, Optional<Integer> limit) {
      return tea.name().contains(text) && limit.orElse(1) > 0 ? List.of(tea) : List.of();
    }

    @Override
    public CompletionStage<Item> sell(String name, int count, Listener listener) {
      tea = new Item(name, tea.count() - count, tea.price(), tea.colour());
      listener.sold(tea);
      return CompletableFuture.completedFuture(tea);
    }

    @Override
    public Map<String, Integer> stock() {
      return Map.of(tea.name(), tea.count());
    }
  }

  static PbServer serve(String endpoint) throws IOException {
    return PbServer.at(endpoint).root(Shop.class, new Shelf()).start();
  }

  // [end server]

  // [begin client]
  static void run(PbClient client) throws Exception {
    Shop shop = client.root().as(Shop.class);
    System.out.println(shop.find("te", Optional.empty()));
    CountDownLatch told = new CountDownLatch(1);
    Listener listener =
        item -> {
          System.out.println("left: " + item.count());
          told.countDown();
        };
    shop.sell("tea", 2, listener).toCompletableFuture().join();
    told.await();
    System.out.println(shop.stock());
  }

  // [end client]

  // [begin errors]
  interface Mistaken {
    Map<String, String> stock();
  }

  static void mistakes(PbClient client) {
    Shop shop = client.root().as(Shop.class);
    try {
      client.root().as(Mistaken.class).stock();
    } catch (AnswerMismatchException e) {
      System.out.println(e.getMessage());
    }
    try {
      client.root().call("sell", "tea", "two", null).join();
    } catch (CompletionException e) {
      System.out.println(((RemoteException) e.getCause()).text());
    }
    try {
      shop.find(null, Optional.empty());
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }

  // [end errors]

  /** Of the server at an endpoint, or of one of its own. */
  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      try (PbClient client = PbClient.connect(args[0])) {
        run(client);
      }
      return;
    }
    try (PbServer server = serve("tcp:port=0");
        PbClient client = PbClient.connect("tcp:port=" + server.address().getPort())) {
      run(client);
      mistakes(client);
    }
  }

  private Typed() {}
}
