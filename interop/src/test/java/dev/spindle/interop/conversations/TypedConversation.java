// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.spindle.interop.conversations.Shop.Colour;
import dev.spindle.interop.conversations.Shop.Order;
import dev.spindle.interop.conversations.Shop.Size;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Calls by an interface, in both roles. */
final class TypedConversation implements Conversation {
  private static final LocalDate DAY = LocalDate.of(2020, 7, 11);

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.root(Shop.class, new ShopDesk(host.speaker()));
  }

  private static <T> T answer(CompletionStage<T> call) {
    return await(call.toCompletableFuture());
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.connect()) {
      Shop shop = connection.root().as(Shop.class);
      Order order =
          new Order(
              "tea",
              2,
              new BigDecimal("9.50"),
              DAY,
              Colour.GREEN,
              Optional.empty(),
              List.of(new Size(1, 2), new Size(3, 4)));
      Order confirmed = answer(shop.confirm(order));
      visit.say(
          "confirmed",
          List.of(
              confirmed.count(),
              confirmed.remark().orElseThrow(),
              confirmed.sizes().stream().map(ShopDesk::plain).toList()));
      Map<String, LocalDate> days = new LinkedHashMap<>();
      answer(shop.openOn(Map.of(Colour.RED, DAY)))
          .forEach((colour, day) -> days.put(colour.name(), day));
      visit.say("a map", days);
      visit.say(
          "a set",
          answer(shop.colours(Set.of(Colour.RED))).stream()
              .map(Colour::name)
              .collect(Collectors.toSet()));
      visit.say("keywords", answer(shop.search("tea", 3, Optional.empty())));
      visit.say("all keywords", answer(shop.search("tea", 3, Optional.of(DAY))));
      visit.say("nothing", answer(shop.find("nothing")).map(ShopDesk::plain).orElse(null));
      visit.say("a tuple", answer(shop.find("tea")).map(ShopDesk::plain).orElse(null));
      visit.say("called back", answer(shop.countTo(2, n -> completedFuture("tick " + n))));
      shop.note("this");
      visit.outcome("what does not fit", connection.root().call("search", "tea", 3));
      visit.outcome("no such method", connection.root().call("close"));
    }
  }
}
