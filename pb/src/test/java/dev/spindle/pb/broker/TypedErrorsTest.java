// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.banana.BananaList;
import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Types;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Exceptions of the user's own, both ways, and tracebacks. Sections 9.2 and 9.3. */
class TypedErrorsTest {

  static final class OutOfTea extends Exception {
    private static final long serialVersionUID = 1;

    OutOfTea(String text) {
      super(text);
    }
  }

  /** Travels with its fields, and without its message. */
  @Copyable("shop.Refused")
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private int code;

    Refused() {}

    Refused(int code) {
      super("code " + code);
      this.code = code;
    }
  }

  private static final Types TYPES =
      Types.builder()
          .error(OutOfTea.class, "shop.OutOfTea", "shop.Error")
          .copies(Refused.class)
          .build();

  private static final class Shop implements Referenceable {
    @Exposed
    Object order(String what) throws OutOfTea {
      switch (what) {
        case "tea":
          throw new OutOfTea("no more");
        case "gold":
          throw new Refused(7);
        default:
          throw new IllegalStateException("not " + what, new OutOfTea("because"));
      }
    }

    @Exposed
    CompletableFuture<Object> pass(RemoteReference on) {
      return on.call("order", "tea");
    }
  }

  private static RawPeer client(BrokerSettings settings) {
    return RawPeer.ofServer(new Shop(), settings);
  }

  private static Throwable failureOf(BrokerSettings settings, String error) {
    RawPeer server = RawPeer.ofClient(settings);
    CompletableFuture<@Nullable Object> call = server.broker().root().call("order", "tea");
    server.says("[error 1 " + error + "]");
    return call.handle((value, failure) -> failure).join();
  }

  private static String failure(String type, String... parents) {
    return "[twisted.spread.pb.CopyableFailure [dictionary [u\"type\" "
        + type
        + "] [u\"value\" u\"no more\"] [u\"parents\" [list u\""
        + String.join("\" u\"", parents)
        + "\"]] [u\"traceback\" u\"Traceback unavailable\n\"]]]";
  }

  private static final BrokerSettings TYPED = BrokerSettings.DEFAULT.withTypes(TYPES);

  @Test
  void aRegisteredNameIsAnExceptionOfOurs() {
    for (String type : new String[] {"shop.OutOfTea", "shop.OutOfGreenTea"}) {
      Throwable failure = failureOf(TYPED, failure(type, type, "shop.OutOfTea", "shop.Error"));
      assertThat(failure)
          .isInstanceOf(OutOfTea.class)
          .hasMessage("no more")
          .cause()
          .isInstanceOfSatisfying(
              RemoteException.class, remote -> assertThat(remote.type()).isEqualTo(type));
    }
  }

  @Test
  void anyOtherNameIsARemoteException() {
    assertThat(failureOf(TYPED, failure("shop.Other", "shop.Other", "shop.Error")))
        .isInstanceOf(RemoteException.class)
        .hasMessage("shop.Other: no more")
        .hasNoCause();
  }

  @Test
  void aFunctionThatFailsLeavesTheRemoteException() {
    Types broken =
        Types.builder()
            .readsError(
                "shop.OutOfTea",
                failure -> {
                  throw new IllegalStateException("by request");
                })
            .build();
    assertThat(failureOf(BrokerSettings.DEFAULT.withTypes(broken), failure("shop.OutOfTea", "x.Y")))
        .isInstanceOf(RemoteException.class)
        .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(IllegalStateException.class));
  }

  @Test
  void anExceptionThatIsRegisteredGoesUnderItsName() {
    RawPeer peer = client(TYPED);
    peer.says("[message 1 root order 1 [tuple u\"tea\"] [dictionary]]");
    String error = peer.heardExpressions().get(0).toString();
    assertThat(error).startsWith("[\"error\" 1 ");
    peer.says("[message 2 root order 1 [tuple u\"tea\"] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[error 2 !shop.OutOfTea: no more]");
  }

  @Test
  void aCopyableExceptionTravelsAsItself() {
    RawPeer peer = client(TYPED);
    peer.says("[message 1 root order 1 [tuple u\"gold\"] [dictionary]]");
    assertThat(peer.heard()).containsExactly("[error 1 [shop.Refused [dictionary [u\"code\" 7]]]]");
    assertThat(failureOf(TYPED, "[shop.Refused [dictionary [u\"code\" 7]]]"))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.code).isEqualTo(7));
    assertThat(failureOf(BrokerSettings.DEFAULT, "[shop.Refused [dictionary [u\"code\" 7]]]"))
        .isInstanceOf(UnreadableAnswerException.class)
        .hasMessageContaining("shop.Refused");
  }

  @Test
  void aCopyableExceptionWhoseStateFailsIsStillAnError() {
    Types types =
        Types.builder()
            .sends(
                Refused.class,
                "shop.Refused",
                refused -> {
                  throw new IllegalStateException("no state");
                })
            .build();
    RawPeer peer = client(BrokerSettings.DEFAULT.withTypes(types));
    peer.says("[message 1 root order 1 [tuple u\"gold\"] [dictionary]]");
    assertThat(peer.heard())
        .containsExactly(
            "[error 1 !builtins.TypeError: the error cannot be sent:"
                + " java.lang.IllegalStateException: no state]");
  }

  // ---- where the call was made ----

  @Test
  void theStackTraceOfAFailureIsTheCallAndItsPeer() {
    for (Throwable failure :
        List.of(
            failureOf(TYPED, failure("a.B", "a.B")),
            failureOf(TYPED, failure("shop.OutOfTea", "shop.OutOfTea")),
            failureOf(TYPED, "[frobnicate 1]"))) {
      assertThat(failure.getStackTrace())
          .singleElement()
          .asString()
          .isEqualTo("remote[root].order(/127.0.0.1:1)");
    }
  }

  @Test
  void soItIsWhenTheConnectionEndsOrNothingIsSent() {
    RawPeer server = RawPeer.ofClient();
    CompletableFuture<?> a = server.broker().root().call("a");
    CompletableFuture<?> b = server.broker().root().call("b");
    CompletableFuture<?> c = server.broker().root().call("c", new Object());
    server.link().disconnect("the cable");
    CompletableFuture<?> d = server.broker().root().call("d");
    for (var call : Map.of("a", a, "b", b, "c", c, "d", d).entrySet()) {
      Throwable failure = call.getValue().handle((value, error) -> error).join();
      assertThat(failure.getStackTrace())
          .singleElement()
          .asString()
          .isEqualTo("remote[root]." + call.getKey() + "(/127.0.0.1:1)");
    }
  }

  // ---- tracebacks ----

  @Test
  void noTracebackIsSentUnlessAsked() {
    RawPeer peer = client(BrokerSettings.DEFAULT);
    peer.says("[message 1 root order 1 [tuple u\"x\"] [dictionary]]");
    assertThat(stateOf(peer, "traceback")).isEqualTo("\"Traceback unavailable\n\"");
  }

  @Test
  void aTracebackIsSentAsPythonWritesOne() {
    RawPeer peer = client(BrokerSettings.DEFAULT.withUnsafeTracebacks(true));
    peer.says("[message 1 root order 1 [tuple u\"x\"] [dictionary]]");
    BananaList error = (BananaList) peer.heardExpressions().get(0);
    String text = valueOf(error, "traceback");
    String shop = Shop.class.getName();
    assertThat(text)
        .matches(
            "Traceback \\(most recent call last\\):\n"
                + "  File \"TypedErrorsTest.java\", line \\d+, in \\Q"
                + shop
                + ".order\n"
                + OutOfTea.class.getName()
                + ": because\n\n"
                + "The above exception was the direct cause of the following exception:\n\n"
                + "Traceback (most recent call last):\n\\E"
                + "  File \"TypedErrorsTest.java\", line \\d+, in \\Q"
                + shop
                + ".order\njava.lang.IllegalStateException: not x\n\\E");
  }

  private static String stateOf(RawPeer peer, String key) {
    return '"' + valueOf((BananaList) peer.heardExpressions().get(0), key) + '"';
  }

  private static String valueOf(BananaList error, String key) {
    BananaList state = (BananaList) ((BananaList) error.get(2)).get(1);
    for (int i = 1; i < state.size(); i++) {
      BananaList pair = (BananaList) state.get(i);
      if (((BananaList) pair.get(0)).get(1).toString().equals('"' + key + '"')) {
        return ((dev.spindle.pb.banana.ByteString) ((BananaList) pair.get(1)).get(1)).utf8();
      }
    }
    throw new AssertionError("no " + key + " in " + state);
  }

  @Test
  void aTracebackHasABound() {
    StackTraceElement[] stack = new StackTraceElement[1000];
    java.util.Arrays.fill(stack, new StackTraceElement("a.B", "c", "B.java", 5));
    Exception full = new Exception("x".repeat(100_000));
    full.setStackTrace(stack);
    assertThat(Traceback.of(full)).hasSizeBetween(10_000, Traceback.MAX_TEXT + 2).contains("960");
    Exception turning = new Exception("a");
    turning.initCause(new Exception("b", turning));
    assertThat(Traceback.of(turning)).hasSizeLessThan(Traceback.MAX_TEXT);
  }

  @Test
  void aTracebackThatArrivesIsShownAsTheCause() {
    String said = "Traceback (most recent call last):\n  File shop.py, line 5\nshop.Error: x\n";
    RemoteException remote = new RemoteException("shop.Error", "x", List.of(), said);
    StringWriter shown = new StringWriter();
    remote.printStackTrace(new PrintWriter(shown));
    assertThat(shown.toString())
        .isEqualToNormalizingNewlines(
            "dev.spindle.pb.broker.RemoteException: shop.Error: x\n"
                + "Caused by: remote Traceback (most recent call last):\n"
                + "  File shop.py, line 5\nshop.Error: x\n");
    assertThat(remote.traceback()).isEqualTo(said);
    RemoteException endless = new RemoteException("a.B", "", List.of(), "x".repeat(100_000) + "y");
    assertThat(endless.getCause().getMessage())
        .hasSize(16 * 1024 + 1)
        .startsWith("…x")
        .endsWith("y");
  }

  @Test
  void aTracebackIsPassedOnOnlyWhereItMay() {
    for (boolean unsafe : new boolean[] {false, true}) {
      RawPeer peer = client(BrokerSettings.DEFAULT.withUnsafeTracebacks(unsafe));
      peer.says("[message 1 root pass 1 [tuple [remote 5]] [dictionary]]");
      assertThat(peer.heard()).hasSize(1);
      peer.says(
          "[error 1 [twisted.spread.pb.CopyableFailure [dictionary [u\"type\" a.B]"
              + " [u\"value\" u\"v\"] [u\"traceback\" u\"line 5\"]]]]");
      List<Object> heard = peer.heardExpressions();
      assertThat(valueOf((BananaList) heard.get(0), "traceback"))
          .isEqualTo(unsafe ? "line 5" : "Traceback unavailable\n");
    }
  }
}
