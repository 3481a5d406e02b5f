// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What Twisted calls by {@link TypedDesk}. Thread: the connection's. */
final class JavaDesk implements TypedDesk {
  private final List<String> notes = new ArrayList<>();

  @Override
  public CompletionStage<Order> confirm(Order order) {
    Optional<String> remark = order.remark().isPresent() ? Optional.empty() : Optional.of("none");
    return done(
        new Order(
            order.item(),
            order.count() + 1,
            order.price(),
            order.due(),
            order.colour(),
            remark,
            order.sizes()));
  }

  @Override
  public CompletionStage<Map<Colour, List<LocalDate>>> calendar(Map<Colour, List<LocalDate>> days) {
    Map<Colour, List<LocalDate>> later = new LinkedHashMap<>();
    days.forEach(
        (colour, of) -> later.put(colour, of.stream().map(day -> day.plusDays(1)).toList()));
    return done(later);
  }

  @Override
  public CompletionStage<EnumSet<Colour>> colours(EnumSet<Colour> colours) {
    return done(EnumSet.complementOf(colours));
  }

  @Override
  public CompletionStage<String> join(String a, int b, Optional<String> c) {
    return done(a + " " + b + " " + c.orElse("-"));
  }

  /** As Python prints it. */
  @Override
  public CompletionStage<String> search(
      String what, int limit, Optional<LocalDate> from, Map<String, Long> more) {
    String pairs =
        new TreeMap<>(more)
            .entrySet().stream()
                .map(each -> "('" + each.getKey() + "', " + each.getValue() + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    String since = from.map(LocalDate::toString).orElse("ever");
    return done(what + " " + limit + " " + since + " " + pairs);
  }

  @Override
  public CompletionStage<Optional<Size>> sizeOf(String name) {
    return done(
        name.equals("nothing") ? Optional.empty() : Optional.of(new Size(name.length(), 1)));
  }

  @Override
  public CompletionStage<List<String>> countTo(int n, Listener listener) {
    CompletionStage<List<String>> said = done(List.of());
    for (int i = 1; i <= n; i++) {
      said = said.thenCombine(listener.tick(i), JavaDesk::with);
    }
    return said;
  }

  private static List<String> with(List<String> said, String next) {
    List<String> all = new ArrayList<>(said);
    all.add(next);
    return all;
  }

  @Override
  public CompletionStage<Listener> back(Listener listener) {
    return done(listener);
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }

  @Override
  public CompletionStage<List<String>> notes() {
    return done(notes);
  }

  @Override
  public CompletionStage<List<Size>> wrong() {
    return done(Arrays.asList(new Size(1, 2), null));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
