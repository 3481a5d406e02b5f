// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.spindle.pb.jelly.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A shop that says what it is asked. Thread: the connection's. */
final class ShopDesk implements Shop {
  private final Speaker speaker;

  ShopDesk(Speaker speaker) {
    this.speaker = speaker;
  }

  @Override
  public CompletionStage<Order> confirm(Order order) {
    speaker.say("ordered", plain(order));
    return completedFuture(
        new Order(
            order.item(),
            order.count() + 1,
            order.price(),
            order.due(),
            order.colour(),
            Optional.of("thanks"),
            order.sizes()));
  }

  /** As one without types sees it. */
  private static Map<String, @Nullable Object> plain(Order order) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("item", order.item());
    plain.put("count", order.count());
    plain.put("price", order.price());
    plain.put("due", order.due());
    plain.put("colour", order.colour().name());
    plain.put("remark", order.remark().orElse(null));
    plain.put("sizes", order.sizes().stream().map(ShopDesk::plain).toList());
    return plain;
  }

  /** The same of a size. */
  static Tuple plain(Size size) {
    return Tuple.of(size.width(), size.height());
  }

  @Override
  public CompletionStage<Map<Colour, LocalDate>> openOn(Map<Colour, LocalDate> days) {
    Map<Colour, LocalDate> later = new LinkedHashMap<>();
    days.forEach((colour, day) -> later.put(colour, day.plusDays(1)));
    return completedFuture(later);
  }

  @Override
  public CompletionStage<Set<Colour>> colours(Set<Colour> colours) {
    return completedFuture(EnumSet.complementOf(EnumSet.copyOf(colours)));
  }

  @Override
  public CompletionStage<String> search(String what, int limit, Optional<LocalDate> since) {
    return completedFuture(
        what + " " + limit + " " + since.map(LocalDate::toString).orElse("ever"));
  }

  @Override
  public CompletionStage<Optional<Size>> find(String name) {
    return completedFuture(
        name.equals("nothing") ? Optional.empty() : Optional.of(new Size(name.length(), 1)));
  }

  @Override
  public CompletionStage<List<String>> countTo(int n, Listener listener) {
    CompletionStage<List<String>> said = completedFuture(List.of());
    for (int i = 1; i <= n; i++) {
      said = said.thenCombine(listener.tick(i), ShopDesk::with);
    }
    return said;
  }

  private static List<String> with(List<String> said, String next) {
    List<String> all = new ArrayList<>(said);
    all.add(next);
    return all;
  }

  @Override
  public void note(String text) {
    speaker.say("noted " + text);
  }
}
