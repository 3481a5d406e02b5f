// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.interop.Description;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.jelly.FrozenSet;
import dev.spindle.pb.jelly.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plain values there and back. */
final class ValuesConversation implements Conversation {

  private static List<@Nullable Object> values() {
    List<@Nullable Object> shared = list("shared");
    List<@Nullable Object> cycle = list(1);
    cycle.add(cycle);
    return list(
        null,
        true,
        false,
        0,
        -1,
        Integer.MAX_VALUE,
        1L << 31,
        -(1L << 31) - 1,
        BigInteger.TEN.pow(100),
        0.1,
        -0.0,
        Double.POSITIVE_INFINITY,
        Double.NaN,
        "",
        "text",
        "naïve ☕ \uD83E\uDDF5 \0",
        list(new byte[0]),
        bytes('b', 'y', 't', 'e', 's', ' ', 0, 255),
        list(),
        list(1, "a", null, list(2.5)),
        Tuple.of(1, Tuple.of(ByteString.utf8("x")), list()),
        dict(),
        Set.of(1, 2, "three"),
        FrozenSet.copyOf(list(1, Tuple.of(2, 3))),
        LocalDateTime.of(2020, 7, 11, 1, 16, 5, 344_000),
        LocalDate.of(2020, 7, 11),
        LocalTime.of(23, 59, 59, 999_999_000),
        Duration.ofDays(-1).plusSeconds(3).plusNanos(5_000),
        new BigDecimal("-9.50"),
        new BigDecimal("1E+10"),
        list(shared, Map.of("again", shared)),
        cycle);
  }

  private static List<@Nullable Object> list(@Nullable Object... members) {
    return new ArrayList<>(Arrays.asList(members));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static Map<@Nullable Object, @Nullable Object> dict() {
    Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("z", 1);
    dict.put(ByteString.utf8("z"), 2);
    dict.put(7, Tuple.of());
    dict.put(null, list());
    dict.put(Tuple.of(1, 2), new LinkedHashMap<>());
    return dict;
  }

  static final class Server implements Referenceable {
    private final Speaker speaker;

    Server(Speaker speaker) {
      this.speaker = speaker;
    }

    @Exposed
    @Nullable Object echo(@Nullable Object value) {
      speaker.say(Description.of(value));
      return value;
    }

    @Exposed
    List<@Nullable Object> values() {
      return ValuesConversation.values();
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.root(new Server(host.speaker()));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.connect()) {
      RemoteReference root = connection.root();
      for (Object value : values()) {
        String back = Description.of(await(root.call("echo", new Object[] {value}, Map.of())));
        visit.say(back);
        if (!back.equals(Description.of(value))) {
          throw new AssertionError(back + " is not what was sent: " + Description.of(value));
        }
      }
      visit.say("the server's own", await(root.call("values")));
    }
  }
}
