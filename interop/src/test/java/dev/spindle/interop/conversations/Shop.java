// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Keyword;
import dev.spindle.pb.broker.OneWay;
import dev.spindle.pb.types.AsTuple;
import dev.spindle.pb.types.Remote;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What is called and served by its types; {@code typed.py} has the plain calls. */
@Remote
interface Shop {
  enum Colour {
    RED,
    GREEN
  }

  @AsTuple
  record Size(int width, int height) {}

  record Order(
      String item,
      int count,
      BigDecimal price,
      LocalDate due,
      Colour colour,
      Optional<String> remark,
      List<Size> sizes) {}

  @Remote
  interface Listener {
    CompletionStage<String> tick(int n);
  }

  CompletionStage<Order> confirm(Order order);

  @Exposed("open_on")
  CompletionStage<Map<Colour, LocalDate>> openOn(Map<Colour, LocalDate> days);

  CompletionStage<Set<Colour>> colours(Set<Colour> colours);

  CompletionStage<String> search(
      String what, @Keyword int limit, @Keyword Optional<LocalDate> since);

  CompletionStage<Optional<Size>> find(String name);

  CompletionStage<List<String>> countTo(int n, Listener listener);

  @OneWay
  void note(String text);
}
