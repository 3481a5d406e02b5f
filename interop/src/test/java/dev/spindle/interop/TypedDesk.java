// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Keyword;
import dev.spindle.pb.broker.Keywords;
import dev.spindle.pb.broker.OneWay;
import dev.spindle.pb.types.AsTuple;
import dev.spindle.pb.types.Remote;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** An object of either side: {@code typed.py} has it in Python, {@link JavaDesk} here. */
@Remote
interface TypedDesk {
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

  CompletionStage<Map<Colour, List<LocalDate>>> calendar(Map<Colour, List<LocalDate>> days);

  CompletionStage<EnumSet<Colour>> colours(EnumSet<Colour> colours);

  CompletionStage<String> join(String a, int b, Optional<String> c);

  CompletionStage<String> search(
      String what,
      @Keyword int limit,
      @Keyword("since") Optional<LocalDate> from,
      @Keywords Map<String, Long> more);

  @Exposed("size_of")
  CompletionStage<Optional<Size>> sizeOf(String name);

  CompletionStage<List<String>> countTo(int n, Listener listener);

  CompletionStage<Listener> back(Listener listener);

  @OneWay
  void note(String text);

  CompletionStage<List<String>> notes();

  /** Answers with what is no list of sizes. */
  CompletionStage<List<Size>> wrong();
}
