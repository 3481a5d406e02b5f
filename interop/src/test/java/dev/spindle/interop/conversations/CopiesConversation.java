// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static dev.spindle.interop.conversations.Speaker.await;

import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Objects that are passed by value. */
final class CopiesConversation implements Conversation {

  @Copyable("conversations.copies.Point")
  record Point(int x, int y) {
    @Override
    public String toString() {
      return x + " " + y;
    }
  }

  /** Keeps something to itself. */
  record Account(String name, String secret) {}

  /** Nobody has a class for it. */
  record Stranger() {}

  private static final String ACCOUNT = "conversations.copies.Account";

  private static final Types TYPES =
      Types.builder()
          .copies(Point.class)
          .sends(
              Account.class,
              ACCOUNT,
              account -> Map.of("name", account.name(), "deposit", new Point(3, 4)))
          .reads(ACCOUNT, CopiesConversation::shown)
          .sends(Stranger.class, "conversations.copies.Stranger", stranger -> Map.of())
          .build();

  private static String shown(Map<String, @Nullable Object> state) {
    String names =
        new TreeSet<>(state.keySet())
            .stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "[", "]"));
    return state.get("name") + " has " + state.get("deposit") + ", and knows " + names;
  }

  static final class Server implements Referenceable {
    private final Speaker speaker;

    Server(Speaker speaker) {
      this.speaker = speaker;
    }

    @Exposed
    Point moved(Point point) {
      speaker.say("a point came", point.toString());
      return new Point(point.x() + 10, point.y());
    }

    @Exposed
    Point sum(Object data) {
      List<Point> points = new ArrayList<>();
      Object all = Objects.requireNonNull(((Map<?, ?>) data).get("all"));
      ((List<?>) all).forEach(each -> points.add((Point) each));
      speaker.say(
          "points came", points.stream().map(Point::toString).collect(Collectors.joining(", ")));
      speaker.say("the first two are one", points.get(0) == points.get(1));
      return new Point(
          points.stream().mapToInt(Point::x).sum(), points.stream().mapToInt(Point::y).sum());
    }

    @Exposed
    Account account() {
      return new Account("ada", "sesame");
    }

    @Exposed
    List<Point> twice() {
      Point point = new Point(1, 1);
      return List.of(point, point, new Point(1, 1));
    }

    @Exposed
    void take(Object value) {
      speaker.say("nobody should come here");
    }
  }

  @Override
  public void serve(PbServer.Builder server, Host host) {
    server.types(TYPES).root(new Server(host.speaker()));
  }

  @Override
  public void visit(PbClient.Builder client, Speaker visit) throws Exception {
    try (PbClient connection = client.types(TYPES).connect()) {
      RemoteReference root = connection.root();
      Point mine = new Point(1, 2);
      Object moved = await(root.call("moved", mine));
      visit.say("a copy came back", String.valueOf(moved));
      visit.say("mine is as it was", mine.toString());
      Map<String, Object> data = Map.of("all", List.of(mine, mine, new Point(-5, 7)));
      visit.say("of copies in data", String.valueOf(await(root.call("sum", data))));
      List<?> twice = (List<?>) await(root.call("twice"));
      visit.say("one object twice", twice.get(0) == twice.get(1) && twice.get(0) != twice.get(2));
      visit.say("state of its choice", await(root.call("account")));
      visit.outcome("of a class that is not known there", root.call("take", new Stranger()));
      visit.say("the connection stays", String.valueOf(await(root.call("moved", moved))));
    }
  }
}
